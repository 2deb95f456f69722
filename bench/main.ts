import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Lab } from './lab';
import { busyProcessors, machineOf } from './machine';
import { Missing } from './missing';
import { GPT2 } from './model/shape';
import { ModelStore } from './model/store';
import type { Limits } from './pages/limits';
import { bench, root } from './places';
import { writePage } from './report/page';
import { printed } from './report/print';
import { BUSY, keepResults, type Result, readResults } from './results';
import type { Row } from './row';
import { ROWS } from './rows';
import { strings } from './strings';

const RESULTS = join(bench, 'results/latest.json');

/**
 * `npm run bench`.
 * @returns the exit code: 0 when all rows ran, whether or not they hold; 1 when one could not; 2 for bad usage
 */
export async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  let rows: readonly Row[];
  let options: { quick: boolean; page: boolean };
  try {
    [rows, options] = optionsOf(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${strings.usage(ROWS.map(({ name }) => name))}`);
    return 2;
  }
  if (options.page) {
    const results = readResults(RESULTS);
    if (!results) {
      console.error(strings.nothing);
      return 2;
    }
    for (const path of writePage(results, ROWS, join(root, 'docs'))) console.log(strings.page(path));
    return 0;
  }
  return measure(rows, options.quick);
}

/** @throws Error when the arguments make no sense */
function optionsOf(args: readonly string[]): [readonly Row[], { quick: boolean; page: boolean }] {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, page: { type: 'boolean', default: false } },
  });
  const { quick, page } = values;
  const named = positionals.map((name) => {
    const row = ROWS.find((row) => row.name === name);
    if (!row) throw new Error(strings.unknown(name));
    return row;
  });
  const all = ROWS.filter((row) => (quick ? row.quick : !row.long));
  return [named.length > 0 ? ROWS.filter((row) => named.includes(row)) : all, { quick, page }];
}

/** A row that takes longer hangs: the longest takes five minutes, but for those that are long by themselves. */
const PATIENCE_MS = 20 * 60_000;

async function measure(rows: readonly Row[], quick: boolean): Promise<0 | 1> {
  const began = performance.now();
  const tell = (text: string) =>
    console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}`);
  const freshLab = () => new Lab(new ModelStore(join(bench, 'models/124m'), GPT2, tell), quick, tell);
  let lab = freshLab();
  const failed: string[] = [];
  try {
    for (const [i, row] of rows.entries()) {
      tell(strings.row(i + 1, rows.length, row.name, row.title));
      try {
        const result = await inTime(resultOf(row, lab), row);
        const limits: Limits[] = await lab.measuredLimits();
        keepResults(RESULTS, machineOf((await lab.browser).version(), limits), [result]);
        console.log(printed(result));
      } catch (error) {
        failed.push(row.name);
        const { message } = error as Error;
        console.error(
          error instanceof Missing ? strings.missing(row.name, message) : strings.failed(row.name, message),
        );
        // Nobody knows what it has left behind: the next row begins with a browser of its own.
        await lab.close().catch(() => {});
        lab = freshLab();
      }
    }
  } finally {
    await lab.close();
  }
  console.log(strings.written(RESULTS));
  if (failed.length > 0) console.error(strings.without(failed));
  return failed.length > 0 ? 1 : 0;
}

/** @throws Error when the row takes longer than any should */
async function inTime<T>(task: Promise<T>, { long }: Row): Promise<T> {
  if (long) return task;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(strings.late(PATIENCE_MS / 60_000))), PATIENCE_MS);
  });
  task.catch(() => {}); // it may fail after it was given up
  try {
    return await Promise.race([task, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function resultOf(row: Row, lab: Lab): Promise<Result> {
  const busy = await busyProcessors();
  if (busy > BUSY) lab.tell(strings.busy(busy, cpus().length));
  const began = performance.now();
  const outcome = await row.run(lab);
  return {
    name: row.name,
    title: row.title,
    quick: lab.quick,
    at: new Date().toISOString(),
    seconds: (performance.now() - began) / 1000,
    busy,
    ...outcome,
  };
}
