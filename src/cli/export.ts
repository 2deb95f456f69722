import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ModelError } from '../gpt2/errors';
import type { Source } from '../standalone/source';
import { strings as book } from '../standalone/strings';
import { standalone } from '../standalone/workbook';
import { xlsxOf } from '../xlsx/book';
import { exportStrings as strings } from './export-strings';
import { readFolder } from './folder';
import type { Console } from './verify';

interface Options {
  readonly folder: string;
  readonly name: string;
  readonly out: string;
  readonly room?: number;
  readonly prompt?: string | number[];
  readonly force: boolean;
}

/**
 * `npm run export -- --model <folder> --out file.xlsx`.
 * @returns the exit code: 0 written, 1 the model does not fit or the file could not be written, 2 bad usage
 */
export async function main(args: readonly string[], cwd: string, out: Console): Promise<0 | 1 | 2> {
  if (args.includes('--help') || args.includes('-h')) {
    out.log(strings.usage);
    return 0;
  }
  let options: Options;
  try {
    options = optionsOf(args, cwd);
  } catch (error) {
    out.error(`${(error as Error).message}\n\n${strings.usage}`);
    return 2;
  }
  try {
    await run(options, out);
    return 0;
  } catch (error) {
    out.error((error as Error).message);
    return 1;
  }
}

/** @throws ModelError or what parseArgs throws, when the arguments make no sense */
function optionsOf(args: readonly string[], cwd: string): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      out: { type: 'string' },
      prompt: { type: 'string' },
      ids: { type: 'string' },
      room: { type: 'string' },
      force: { type: 'boolean', default: false },
    },
  });
  const { model, out, prompt, ids, room, force } = values;
  if (!model) throw new ModelError(strings.noModel);
  if (!out) throw new ModelError(strings.noOut);
  if (!/\.xlsx$/i.test(out)) throw new ModelError(strings.notXlsx(out));
  if (prompt !== undefined && ids !== undefined) throw new ModelError(strings.both);
  const folder = resolve(cwd, model);
  return {
    folder,
    name: basename(folder),
    out: resolve(cwd, out),
    force,
    ...(room !== undefined && { room: wholeNumber('--room', room) }),
    ...(prompt !== undefined && { prompt }),
    ...(ids !== undefined && { prompt: ids.split(',').map((id) => wholeNumber('--ids', id)) }),
  };
}

function wholeNumber(option: string, given: string): number {
  if (!/^\s*\d+\s*$/.test(given)) throw new ModelError(strings.notWhole(option, given));
  return Number(given);
}

async function run({ folder, name, out: file, force, room, prompt }: Options, out: Console): Promise<void> {
  checkTarget(file, force);
  out.log(strings.reading(folder));
  const model = readFolder(folder);
  const { tokenizer } = model;
  if (prompt !== undefined && (typeof prompt === 'string') !== Boolean(tokenizer))
    throw new ModelError(tokenizer ? strings.wantsText(name) : strings.wantsIds(name));
  const source: Source = {
    name,
    model,
    ...(tokenizer && {
      vocabulary: tokenizer.vocabulary(),
      encode: (text: string) => tokenizer.encode(text),
    }),
  };
  out.status(strings.calculating);
  const choices = { ...(room !== undefined && { room }), ...(prompt !== undefined && { prompt }) };
  const { sheets, room: tokens } = standalone(source, choices);
  const properties = { title: book.fileTitle(name), description: book.description };
  const bytes = await xlsxOf(sheets, properties, (done, total, sheet) => {
    out.status(sheet ? strings.sheet(done, total, sheet) : strings.packing);
  });
  write(file, bytes, force);
  out.log(strings.written(file, bytes.length, sheets.length, tokens));
}

/** Nothing is overwritten unless that was asked for; found out before the work, and again when it is written. */
function checkTarget(file: string, force: boolean): void {
  const there = statSync(file, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw new ModelError(strings.isFolder(file));
  if (there && !force) throw new ModelError(strings.exists(file));
}

/** Writes the file beside its place and moves it there, so that there is never half of one. */
function write(file: string, bytes: Uint8Array, force: boolean): void {
  checkTarget(file, force);
  const half = `${file}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(half, bytes);
    renameSync(half, file);
  } catch (error) {
    if (existsSync(half)) rmSync(half);
    throw new ModelError(strings.notWritten(file, (error as Error).message));
  }
}
