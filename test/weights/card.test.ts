import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine';
import { largest } from '../../src/gpt2/sampling';
import { embeddedModel, embeddedTokenizer, loadModel } from '../support/models';

interface Item {
  readonly prompt: string;
  readonly answer: string;
  readonly wrong?: string;
}
interface ProbeSet {
  readonly kind: 'greedy' | 'compare';
  readonly atLeast: number;
  readonly items: readonly Item[];
}
interface Head {
  readonly layer: number;
  readonly head: number;
  readonly score: number;
}

const WEIGHTS = resolve(import.meta.dirname, '../../weights');
const { folder } = embeddedModel();
const { openings, heads, ...sets } = JSON.parse(readFileSync(join(WEIGHTS, 'probes.json'), 'utf8')) as {
  openings: { items: { prompt: string; continuation: string }[] };
  heads: { induction: Head; previous: Head; sequence: number[] };
} & Record<string, ProbeSet>;
const card = readFileSync(join(WEIGHTS, 'README.md'), 'utf8');

const model = loadModel(folder);
const tokenizer = embeddedTokenizer();
let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open(model, { backend: 'wasm', threads: 1 });
});
afterAll(() => engine.dispose());

/** Logits [V] at positions of a prompt. */
const logits = async (ids: readonly number[], positions: readonly number[]) =>
  (await engine.read({ ids, wants: positions.map((position) => ({ name: 'logits', position })) })).map(
    ({ data }) => data,
  );
const best = (row: Float32Array) => largest(row, 1)[0] as number;

/** Whether every token of the answer is the likeliest one. */
async function greedy({ prompt, answer }: Item): Promise<boolean> {
  const [start, end] = [tokenizer.encode(prompt), tokenizer.encode(answer)];
  const rows = await logits(
    [...start, ...end.slice(0, -1)],
    end.map((_, i) => start.length - 1 + i),
  );
  return rows.every((row, i) => best(row) === end[i]);
}

/** Whether the answer is likelier than the wrong one. */
async function compare({ prompt, answer, wrong = '' }: Item): Promise<boolean> {
  const ids = tokenizer.encode(prompt);
  const [row] = (await logits(ids, [ids.length - 1])) as [Float32Array];
  const [yes, no] = [tokenizer.encode(answer), tokenizer.encode(wrong)];
  expect([yes.length, no.length]).toEqual([1, 1]);
  return (row[yes[0] as number] as number) > (row[no[0] as number] as number);
}

describe('the embedded model', () => {
  it.each(Object.entries(sets))('does what its card says: %s', async (name, { kind, atLeast, items }) => {
    const right = await Promise.all(items.map(kind === 'greedy' ? greedy : compare));
    const share = right.filter(Boolean).length / items.length;
    console.log(`${name}: ${(100 * share).toFixed(1)}% of ${items.length}, at least ${100 * atLeast}%`);
    expect(items.length).toBeGreaterThanOrEqual(100);
    expect(share).toBeGreaterThanOrEqual(atLeast);
  });

  it('writes the continuations that the card prints', async () => {
    expect(openings.items.length).toBeGreaterThanOrEqual(10);
    for (const { prompt, continuation } of openings.items) {
      const ids = tokenizer.encode(prompt);
      const start = ids.length;
      const length = tokenizer.encode(continuation).length;
      while (ids.length < start + length) {
        const [row] = (await logits(ids, [ids.length - 1])) as [Float32Array];
        ids.push(best(row));
      }
      expect(tokenizer.decode(ids.slice(start)), prompt).toBe(continuation);
    }
  });

  it('has an induction head and a previous-token head', async () => {
    const { sequence, induction, previous } = heads;
    const [L, T] = [sequence.length / 2, sequence.length];
    expect(sequence.slice(0, L)).toEqual(sequence.slice(L));
    const pattern = async ({ layer, head }: Head) => {
      const [tensor] = await engine.read({ ids: sequence, wants: [{ name: 'pattern', layer, head }] });
      return (row: number, column: number) => tensor?.data[row * T + column] as number;
    };
    const mean = (n: number, at: (i: number) => number) =>
      Array.from({ length: n }, (_, i) => at(i)).reduce((a, b) => a + b) / n;

    const repeats = await pattern(induction);
    const inductionScore = mean(L, (i) => repeats(L + i, i + 1));
    const before = await pattern(previous);
    const previousScore = mean(T - 1, (i) => before(i + 1, i));
    console.log(
      `induction head: ${inductionScore.toFixed(3)}, previous-token head: ${previousScore.toFixed(3)}`,
    );
    expect(inductionScore).toBeGreaterThan(0.5);
    expect(previousScore).toBeGreaterThan(0.5);
    expect(inductionScore).toBeCloseTo(induction.score, 3);
    expect(previousScore).toBeCloseTo(previous.score, 3);
  });

  it('is the file that the card describes, within its limits', () => {
    const file = readFileSync(join(folder, 'model.safetensors'));
    expect(card).toContain(createHash('sha256').update(file).digest('hex'));
    const names = readdirSync(folder).sort();
    expect(names).toEqual(['config.json', 'merges.txt', 'model.safetensors', 'tokenizer.json', 'vocab.json']);
    const bytes = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    expect(bytes).toBeLessThanOrEqual(4_000_000);
    const { config, weights } = model;
    const parameters = weights.names.reduce((sum, name) => sum + weights.get(name).length, 0);
    expect(parameters).toBeGreaterThan(300_000);
    expect(parameters).toBeLessThan(1_000_000);
    expect(weights.tied).toBe(true);
    expect(config.n_layer).toBeGreaterThanOrEqual(3);
    expect(config.n_head).toBeGreaterThanOrEqual(4);
    expect(config.n_positions).toBeGreaterThanOrEqual(128);
    expect(tokenizer.size).toBe(config.vocab_size);
    expect(tokenizer.endOfText).toBe(config.vocab_size - 1);
  });
});

describe('tokenizer.json', () => {
  it('has the vocabulary and the merges of vocab.json and merges.txt', () => {
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    const { model: bpe, added_tokens } = JSON.parse(read('tokenizer.json'));
    expect(bpe.vocab).toEqual(JSON.parse(read('vocab.json')));
    const merges = read('merges.txt').split('\n').slice(1).filter(Boolean);
    expect(
      bpe.merges.map((pair: string | string[]) => (Array.isArray(pair) ? pair.join(' ') : pair)),
    ).toEqual(merges);
    expect(added_tokens[0]).toMatchObject({
      content: '<|endoftext|>',
      id: tokenizer.endOfText,
      special: true,
    });
  });
});
