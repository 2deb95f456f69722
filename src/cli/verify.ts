import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BackendName } from '../engine/api';
import { Engine } from '../engine/engine';
import { ModelError } from '../gpt2/errors';
import type { Row } from '../verify/api';
import { CHECKPOINTS, claimOf, nothingPublished } from '../verify/checkpoints';
import { messages } from '../verify/messages';
import { engineSubject } from '../verify/subjects';
import { summarise } from '../verify/summary';
import { verify } from '../verify/verify';
import { readFolder } from './folder';
import { strings } from './strings';
import { printedRow } from './table';

/** Where the command line prints to. */
export interface Console {
  log(text: string): void;
  error(text: string): void;
  /** Shows a line that the next one replaces; does nothing where there is no terminal. */
  status(text: string): void;
}

interface Options {
  readonly folder: string;
  readonly name: string;
  readonly backend: BackendName;
}

/**
 * `npm run verify -- <folder>`.
 * @returns the exit code: 0 verified, 1 not verified, 2 bad usage or an unreadable folder
 */
export async function main(args: readonly string[], cwd: string, out: Console): Promise<0 | 1 | 2> {
  let options: Options;
  try {
    options = optionsOf(args, cwd);
  } catch (error) {
    out.error(`${(error as Error).message}\n\n${strings.usage}`);
    return 2;
  }
  try {
    return await run(options, out);
  } catch (error) {
    out.error((error as Error).message);
    return 2;
  }
}

/** @throws ModelError or what parseArgs throws, when the arguments make no sense */
function optionsOf(args: readonly string[], cwd: string): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { as: { type: 'string' }, backend: { type: 'string', default: 'wasm' } },
  });
  const [given] = positionals;
  if (given === undefined || positionals.length > 1)
    throw new ModelError(strings.oneFolder(positionals.length));
  const { backend, as } = values;
  if (backend !== 'wasm' && backend !== 'reference') throw new ModelError(strings.backend(backend));
  const known = CHECKPOINTS.map(({ name }) => name);
  if (as !== undefined && !known.includes(as)) throw new ModelError(strings.noSuchCheckpoint(as, known));
  const folder = resolve(cwd, given);
  return { folder, name: as ?? basename(folder), backend };
}

async function run({ folder, name, backend }: Options, out: Console): Promise<0 | 1> {
  out.log(strings.reading(folder));
  const model = readFolder(folder);
  const claim = claimOf(model.config, name);
  if (!claim) {
    out.log(nothingPublished(name));
    return 1;
  }
  const { checkpoint, byName } = claim;
  if (!byName) out.log(messages.byShape(name, checkpoint.name));
  const engine = await Engine.open(model, { backend, threads: 1, onProgress: (_, text) => out.status(text) });
  try {
    out.log(strings.opened(checkpoint.name, engine.backend.reason));
    const rows: Row[] = [];
    const subject = engineSubject(model, engine, model.tokenizer, model.sha256);
    const onProgress = (done: number, total: number, what: string) =>
      out.status(strings.progress(done, total, what));
    for await (const row of verify(subject, checkpoint, { onProgress })) {
      rows.push(row);
      out.log(printedRow(row));
    }
    const { verdict, text, worst } = summarise(rows);
    if (worst) {
      const [difference, tolerance] = [worst.difference, worst.tolerance].map(
        (n) => n?.toExponential(1) ?? '',
      );
      out.log(strings.worst(worst.what, difference as string, tolerance as string));
    }
    out.log(text);
    return verdict === 'passed' ? 0 : 1;
  } finally {
    await engine.dispose();
  }
}
