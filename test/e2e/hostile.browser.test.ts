import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import type { Frame } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { useSite } from '../support/site';
import { openWorkbench } from '../support/workbench';

interface Parameter {
  readonly name: string;
  readonly dimensionality?: string;
  readonly optional?: boolean;
}
interface Formula {
  readonly id: string;
  readonly parameters: readonly Parameter[];
  readonly options?: { readonly stream?: boolean };
}
type Call = [id: string, ...args: unknown[]];
type Outcome = { value: string } | { code: string; message: string } | { trouble: string };

const CASES = 5000;
const BATCH = 250;

const { functions } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../dist/functions.json'), 'utf8'),
) as { functions: Formula[] };
// What streams has no answer to wait for; its own tests stop it half-way.
const formulas = functions.filter(({ options }) => !options?.stream);

const site = useSite();
let pane: Frame;
beforeAll(async () => {
  // Its pane has Microsoft's own runtime, and with it the real CustomFunctions.Error.
  ({ pane } = await openWorkbench(site.browser, site.url));
});

/** Calls formulas in one moment; what does not answer within a minute is trouble. */
const callAll = (calls: readonly Call[]): Promise<Outcome[]> =>
  pane.evaluate((calls) => {
    type Formula = (...args: unknown[]) => Promise<unknown>;
    const { mappings } = (
      CustomFunctions as unknown as { _association: { mappings: Record<string, Formula> } }
    )._association;
    return Promise.all(
      calls.map(async ([id, ...args]): Promise<Outcome> => {
        const late = new Promise<Outcome>((done) => setTimeout(done, 60_000, { trouble: 'no answer' }));
        const answer = Promise.resolve()
          .then(() => (mappings[id] as Formula)(...args, {}))
          .then(
            (value): Outcome => ({ value: JSON.stringify(value)?.slice(0, 200) ?? 'undefined' }),
            (error): Outcome =>
              error instanceof CustomFunctions.Error
                ? { code: String(error.code), message: error.message ?? '' }
                : { trouble: `${error}` },
          );
        return Promise.race([answer, late]);
      }),
    );
  }, calls);

const scalar = fc.oneof(
  fc.constantFrom(
    '',
    null,
    true,
    false,
    '#N/A',
    '#DIV/0!',
    'abc',
    ' ',
    '3',
    '-1',
    '1e3',
    ' quickly',
    'h.0.*',
    'wte.weight',
  ),
  fc.constantFrom(0, 1, 2, 3, -1, -2, 99, 0.5, 1e308, -1e308, 1e-320, 5e15, 2 ** 31, 2 ** 53, 1535, 1536),
  fc.constantFrom(
    '\ud800',
    'a\u0000b',
    '👍',
    '=1+1',
    '<|endoftext|>',
    'line\nbreak',
    'x'.repeat(40_000),
    'ln_2',
    'post',
  ),
  fc.double(),
  fc.integer(),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const range = fc.oneof(
  { weight: 4, arbitrary: scalar.map((value) => [[value]]) },
  fc.constantFrom([['Mike is quick. He moves']], [[1], [2], [3]], [[1, 2, 3]], [[]], [[1], [2, 3]]),
  fc
    .record({
      rows: fc.integer({ min: 1, max: 5 }),
      columns: fc.integer({ min: 1, max: 4 }),
      cell: fc.array(scalar, { minLength: 20, maxLength: 20 }),
    })
    .map(({ rows, columns, cell }) =>
      Array.from({ length: rows }, (_, r) =>
        Array.from({ length: columns }, (_, c) => cell[r * columns + c]),
      ),
    ),
  fc
    .integer({ min: 1, max: 3 })
    .map((rows) => Array.from({ length: rows }, () => new Array<number>(96).fill(0.25))),
  fc.constant(Array.from({ length: 200 }, () => [1])),
  fc.constant(Array.from({ length: 130 }, () => new Array<number>(96).fill(1))),
);

/** One call: most arguments sensible, some hostile, so that every check is reached. */
const call = (formula: Formula): fc.Arbitrary<Call> =>
  fc
    .tuple(
      ...formula.parameters.map((parameter) => {
        const matrix = parameter.dimensionality === 'matrix';
        const hostile: fc.Arbitrary<unknown> = matrix ? range : scalar;
        const sensible: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
          ...(matrix ? [[['Mike is quick.']], [[5], [6]]] : [0, 1]),
          ...(parameter.optional ? [null] : []),
        );
        return fc.oneof(hostile, sensible);
      }),
    )
    .map((args) => [formula.id, ...args]);

const each = Math.ceil(CASES / formulas.length);
const cases = formulas.flatMap((formula) => fc.sample(call(formula), { numRuns: each, seed: 7 }));

/** Words of the engine room that no message may let out. */
const INTERNAL =
  /undefined|\[object|is not a function|is not iterable|Cannot read|out of memory|DataCloneError/;

it(`answers ${CASES} hostile calls with a value or a sentence that says what is wrong`, {
  timeout: 600_000,
}, async () => {
  const bad: string[] = [];
  const counts = { values: 0, sentences: 0 };
  for (let at = 0; at < cases.length; at += BATCH) {
    const batch = cases.slice(at, at + BATCH);
    const outcomes = await callAll(batch);
    outcomes.forEach((outcome, i) => {
      const asked = `${JSON.stringify(batch[i]).slice(0, 160)} → ${JSON.stringify(outcome).slice(0, 240)}`;
      if ('trouble' in outcome) bad.push(asked);
      else if ('value' in outcome) {
        counts.values++;
        // NaN and infinities become null in JSON: neither is an answer.
        if (/undefined|null/.test(outcome.value) && !/"[^"]*(undefined|null)/.test(outcome.value))
          bad.push(asked);
      } else {
        counts.sentences++;
        const sentence = /^[^\s].{10,}[.?!"”)]$/s.test(outcome.message) && !INTERNAL.test(outcome.message);
        if (!sentence || !['#VALUE!', '#N/A'].includes(outcome.code)) bad.push(asked);
      }
    });
  }
  console.log(`${cases.length} hostile calls: ${counts.values} values, ${counts.sentences} sentences`);
  expect(bad.slice(0, 25)).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(CASES);
});

it('works as before afterwards', async () => {
  expect(await callAll([['NEXT', [['Mike is quick. He moves']], null, null, null, null]])).toEqual([
    { value: '" quickly"' },
  ]);
});
