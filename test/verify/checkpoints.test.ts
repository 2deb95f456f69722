import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine';
import { parameterShapes } from '../../src/gpt2/parameters';
import { weightsOf } from '../../src/gpt2/weights';
import type { Row } from '../../src/verify/api';
import type { Checkpoint } from '../../src/verify/checkpoints';
import { CHECKPOINTS, claimOf, nothingPublished } from '../../src/verify/checkpoints';
import { engineSubject } from '../../src/verify/subjects';
import { summarise } from '../../src/verify/summary';
import { verify } from '../../src/verify/verify';
import { gpt2Tokenizer } from '../support/gpt2-vocabulary';
import { randomModel, randomNumbers, smallConfig } from '../support/models';
import { shared } from '../support/shared';

const named = (wanted: string) => CHECKPOINTS.find(({ name }) => name === wanted) as Checkpoint;
const configOf = ({ sizes }: Checkpoint) => ({
  ...sizes,
  n_inner: 4 * sizes.n_embd,
  layer_norm_epsilon: 1e-5,
});

it('states as many parameters as its shapes have', () => {
  for (const checkpoint of CHECKPOINTS) {
    const lengths = [...parameterShapes(configOf(checkpoint), true).values()];
    const sum = lengths.reduce((sum, shape) => sum + shape.reduce((product, n) => product * n, 1), 0);
    expect([checkpoint.name, sum]).toEqual([checkpoint.name, checkpoint.parameters]);
  }
});

it('goes by the name, then by the shape', () => {
  const small = smallConfig();
  const medium = configOf(named('gpt2-medium'));
  const claim = (config: typeof small, name: string) => {
    const found = claimOf(config, name);
    return found && [found.checkpoint.name, found.byName];
  };
  expect(claim(small, 'gpt2')).toEqual(['gpt2', true]);
  expect(claim(small, 'openai-community/GPT2-XL/')).toEqual(['gpt2-xl', true]);
  expect(claim(medium, '345M')).toEqual(['gpt2-medium', true]);
  expect(claim(medium, 'distilgpt2')).toEqual(['distilgpt2', true]);
  expect(claim(medium, 'somebody/my-gpt2')).toEqual(['gpt2-medium', false]);
  expect(claim(small, 'my-gpt2')).toBeUndefined();
  expect(nothingPublished('my-gpt2')).toContain('"my-gpt2"');
});

it('has every number that is known to be published', () => {
  const path = shared('golden/gpt2-published-values.json');
  if (!path) return;
  const numbersIn = (value: unknown): number[] =>
    typeof value === 'number'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(numbersIn)
        : [];
  const known = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, unknown>>;
  for (const name of ['gpt2', 'distilgpt2', 'gpt2-medium']) {
    const ours = new Set(numbersIn(named(name).published));
    const lacking = numbersIn(known[name]).filter((number) => !ours.has(number));
    expect([name, lacking.filter((number) => number !== 40)]).toEqual([name, []]); // 40: how many tokens a text has
  }
});

async function rowsOf(checkpoint: Checkpoint, of: Parameters<typeof engineSubject>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of verify(engineSubject(...of), checkpoint)) rows.push(row);
  return rows;
}

it("encodes with OpenAI's own vocabulary as published, and fails for a small model that says it is gpt2", async () => {
  const model = randomModel(smallConfig(), 1);
  const engine = await Engine.open(model, { backend: 'reference' });
  const rows = await rowsOf(named('gpt2'), [model, engine, gpt2Tokenizer()]);
  const tokens = rows.filter(({ kind }) => kind === 'tokens');
  expect(tokens).toHaveLength(22);
  expect(tokens.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  expect(rows[0]).toMatchObject({ kind: 'shape', outcome: 'failed' });
  expect(summarise(rows).verdict).toBe('failed');
  await engine.dispose();
});

it('fails in every row of numbers for random numbers in the shape of gpt2', async () => {
  const config = configOf(named('gpt2'));
  const next = randomNumbers(1);
  const table = Float32Array.from({ length: 999_983 }, () => (next() - 0.5) * 0.07); // 124 million draws take long
  const arrays = new Map(
    [...parameterShapes(config, true)].map(([name, shape]) => {
      const array = new Float32Array(shape.reduce((product, n) => product * n, 1));
      if (/ln_.*weight/.test(name)) array.fill(1);
      else
        for (let at = 0; at < array.length; at += table.length)
          array.set(table.subarray(0, array.length - at), at);
      return [name, array];
    }),
  );
  const model = { config, weights: weightsOf(config, arrays) };
  const begun = performance.now();
  const engine = await Engine.open(model, { backend: 'wasm', threads: 1 });
  const opened = performance.now();
  const rows = await rowsOf(named('gpt2'), [model, engine, gpt2Tokenizer()]);
  const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`;
  console.log(
    `random gpt2: opened in ${seconds(begun, opened)}, ${rows.length} rows in ${seconds(opened, performance.now())}`,
  );
  await engine.dispose();
  const passed = rows.filter(({ outcome }) => outcome === 'passed');
  expect(new Set(passed.map(({ kind }) => kind))).toEqual(new Set(['shape', 'tokens']));
  const failed = rows.filter(({ outcome }) => outcome === 'failed');
  expect(failed.map(({ reason }) => reason).filter(Boolean)).toEqual([]); // all were computed
  expect(failed.length).toBe(rows.length - passed.length - 10); // the ten benchmarks are left out
  const summary = summarise(rows);
  console.log(summary.text, `Worst: ${summary.worst?.what}, off by ${summary.worst?.difference}`);
  expect(summary.verdict).toBe('failed');
});
