import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../build/settings.js';
import { AgreementTable } from '../support/agreement-table';
import { launchChromium } from '../support/browser';
import { giveCellErrors } from '../support/cell-errors';
import { embeddedModel, embeddedTokenizer, loadModel, sortingModel } from '../support/models';
import { type OpenPane, openPane } from '../support/pane';
import { withModel } from '../support/prepared';
import { serveSite } from '../support/site';
import { openStream } from '../support/stream';
import { type Case, type Measured, measure, worst } from './expected/case';
import { everyCase } from './expected/every';

/** Functions whose result is no number, and why. Their texts must be the same on every back end. */
const WITHOUT_NUMBERS: Record<string, string> = {
  TOKENS: 'gives the texts of tokens',
  TEXT: 'gives a text',
  NEXT: 'gives the text of a token',
  GENERATE: 'gives a text as it grows',
  STATUS: 'gives a sentence about the engine, other for each',
};
const STREAMING = ['GENERATE'];

/** Arithmetic on cells and the parameters themselves are rounded once, to float32. */
const ROUNDED_ONCE = [
  'MATMUL',
  'SOFTMAX',
  'GELU',
  'NORMALIZE',
  'MASK',
  'CHECK',
  'COSINE',
  'WEIGHT',
  'NEAREST',
  'ANALOGY',
];
const ROUNDING = 2 ** -24;
const LIMIT = 1e-5;
const AT_ONCE = 60;

/** What the site is opened on, and what STATUS must say of it. */
const BACKENDS = [
  { title: 'WASM 1', backend: 'wasm', isolated: false, reason: /WebAssembly, one thread/ },
  { title: 'WASM 2', backend: 'wasm', isolated: true, reason: /WebAssembly, \d threads/ },
  { title: 'WebGPU', backend: 'webgpu', isolated: true, reason: /WebGPU: it was asked for/ },
  { title: 'reference', backend: 'reference', isolated: true, reason: /Plain JavaScript/ },
];

const MODELS = [
  { title: 'embedded', found: embeddedModel(), query: '', tokenizer: embeddedTokenizer() },
  { title: 'sort', found: sortingModel(), query: '&model=models/gpt-nano-sort', tokenizer: undefined },
];

interface Listed {
  readonly id: string;
  readonly parameters: readonly { readonly description: string }[];
}
const { functions } = JSON.parse(readFileSync(`${root}/dist/functions.json`, 'utf8')) as {
  functions: Listed[];
};

const table = new AgreementTable();
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium({ gpu: true });
});
afterAll(async () => {
  await browser?.close();
  table.publish(
    'Largest difference from float64, as a part of the largest number of the result, for every function, model and ' +
      'back end.\n“equal”: the same texts, or the same float32 numbers. “±”: the largest difference between two probabilities.',
  );
});

describe.each(MODELS)('every function over the $title model', ({ title, found, query, tokenizer }) => {
  const model = found.missing ? undefined : loadModel(found.folder);
  const cases = model ? everyCase(model, tokenizer) : [];

  it.skipIf(!model)('is called, in both forms where it has both, or has a reason not to be', () => {
    const called = (id: string, form?: Case['form']) =>
      cases.some((each) => each.id === id && (!form || each.form === form));
    const known = functions.map(({ id }) => id);
    expect(known.filter((id) => !called(id) && id !== 'STATUS')).toEqual([]);
    expect([...new Set(cases.map(({ id }) => id))].filter((id) => !known.includes(id))).toEqual([]);
    expect(Object.keys(WITHOUT_NUMBERS).filter((id) => !known.includes(id))).toEqual([]);
    const numeric = (id: string) => cases.some((each) => each.id === id && hasNumbers(each));
    const refusing = (id: string) => cases.some((each) => each.id === id && 'refusal' in each.right);
    expect(known.filter((id) => !numeric(id) && !refusing(id) && !(id in WITHOUT_NUMBERS))).toEqual([]);
    expect(Object.keys(WITHOUT_NUMBERS).filter(numeric)).toEqual([]);
    const both = functions.filter(({ parameters: [first] }) => first?.description.includes('or cells:'));
    expect(both.length).toBeGreaterThan(10);
    const oneForm = both.filter(({ id }) => !refusing(id) && !(called(id, 'prompt') && called(id, 'cells')));
    expect(oneForm).toEqual([]);
  });

  it.for(BACKENDS)(
    'gives what float64 gives: $title',
    { timeout: 600_000 },
    async ({ title: on, backend, isolated, reason }, { skip }) => {
      if (found.missing) skip(found.missing);
      const site = await serveSite({ isolated });
      const pane = await openPane(opener(found.folder, query), site.url, `?backend=${backend}${query}`);
      await giveCellErrors(pane.page);
      const status = await openStream(pane.page, 'STATUS');
      await expect.poll(async () => (await status.shown()).at(-1)).toMatch(/is ready/);
      const said = (await status.shown()).at(-1) as string;
      expect(said).toMatch(reason);
      await status.cancel();

      const wrong: string[] = [];
      const measured = new Map<string, Measured>();
      for (let from = 0; from < cases.length; from += AT_ONCE) {
        const some = cases.slice(from, from + AT_ONCE);
        const results = await Promise.all(some.map((each) => resultOf(pane, each)));
        for (const [i, each] of some.entries()) {
          const row = `${each.id}${each.form === 'cells' ? ' (cells)' : ''}`;
          const one = measure(results[i], each.right);
          const most = ROUNDED_ONCE.includes(each.id) ? ROUNDING : LIMIT;
          if (!(one.relative <= most))
            wrong.push(`${describeCall(each, results[i])}: off by ${one.relative}`);
          measured.set(row, worst([one, measured.get(row) ?? { relative: 0 }]));
        }
      }
      for (const [row, { relative, absolute }] of measured) {
        if (cases.every((each) => !row.startsWith(each.id) || 'refusal' in each.right)) continue;
        table.set(row, [title, on], relative);
        if (absolute !== undefined) table.set(`${row} ±`, [title, on], absolute);
      }
      console.log(`${title}, ${on}: ${cases.length} calls. ${said}`);
      await pane.close();
      await site.close();
    },
  );
});

/** The site has the embedded model itself; another is put beside it. */
const opener = (folder: string, query: string) => (query ? withModel(browser, folder) : browser);

function hasNumbers({ right }: Pick<Case, 'right'>): boolean {
  if ('columns' in right) return right.columns.some((each) => hasNumbers({ right: each }));
  if ('eachRow' in right) return right.eachRow.some((each) => hasNumbers({ right: each }));
  return (
    'numbers' in right || ('same' in right && [right.same].flat(2).some((cell) => typeof cell === 'number'))
  );
}

/** What a formula gives, or the error with which it refuses. */
async function resultOf(pane: OpenPane, { id, args, right }: Case): Promise<unknown> {
  if (!STREAMING.includes(id)) return pane.call(id, ...args).catch((error: unknown) => error);
  const stream = await openStream(pane.page, id, ...args);
  const refused = 'refusal' in right;
  const end = async () => (await stream.shown()).at(-1);
  await expect
    .poll(end, { timeout: 60_000 })
    .toEqual(refused ? expect.any(String) : (right as { same: string }).same);
  await stream.cancel();
  return refused ? new Error(await end()) : end();
}

const describeCall = ({ id, args }: Case, result: unknown) =>
  `${id}(${args.map((arg) => JSON.stringify(arg)?.slice(0, 60)).join(', ')}) gave ${
    result instanceof Error ? result.message : JSON.stringify(result)?.slice(0, 200)
  }`;
