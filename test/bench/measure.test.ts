import { describe, expect, it } from 'vitest';
import { comparisons, proofs } from '../../bench/compare';
import { arithmetic, fill, reading, roundsOf } from '../../bench/limits/kernels';
import { alternate, median, ratioOf, type Turns, takeTurns, together } from '../../bench/measure';
import { operations, weightsPerToken } from '../../bench/model/shape';
import { smallConfig } from '../support/random';

describe('side by side', () => {
  it('each round begins with another', async () => {
    const order: string[] = [];
    const measure = (name: string, time: number) => async () => {
      order.push(name);
      return [time, 1000 * time, time];
    };
    const taken = await alternate({ a: measure('a', 1), b: measure('b', 2) }, 3);
    expect(order.join('')).toBe('abbaab');
    expect(taken).toEqual({ a: [1, 1, 1], b: [2, 2, 2] });
  });

  it('a ratio is the median of the rounds, not the ratio of medians', () => {
    // The machine was ten times as slow in the second round.
    expect(ratioOf([1, 10, 1.2], [2, 20, 2])).toEqual({ median: 0.5, least: 0.5, most: 0.6 });
    expect(median([3, 1, 2, 4])).toBe(2.5);
    expect(() => median([])).toThrow('Nothing was measured.');
  });

  it('who fails drops out, and the others go on; ours may not', async () => {
    const round = (name: string) => async (round: number) => {
      if (name === 'b' && round === 1) throw new Error('page.evaluate: no room\n    at b');
      return 1;
    };
    const measures = { a: round('a'), b: round('b') };
    expect(await takeTurns(measures, 3, (name) => name !== 'a')).toEqual({
      taken: { a: [1, 1, 1], b: [1] },
      failed: { b: 'no room' },
    });
    await expect(takeTurns(measures, 3, (name) => name !== 'b')).rejects.toThrow('no room');
  });

  it('rounds of several openings are put together, up to where somebody has failed', () => {
    const opening = (a: number[], b: number[], failed = {}) => ({ taken: { a, b }, failed });
    expect(together([opening([1, 2], [3, 4]), opening([5], [6])])).toEqual({
      taken: { a: [1, 2, 5], b: [3, 4, 6] },
      failed: {},
    });
    const failed = { b: 'no room' };
    expect(together([opening([1, 2], [3], failed), opening([5], [6]), opening([7], [], failed)])).toEqual({
      taken: { a: [1, 2, 5, 7], b: [3] },
      failed,
    });
  });

  it('the demand on the native program is another than on those in the browser', () => {
    const taken = { 'ours f32': [12], 'llama.cpp f32': [10], 'wllama f32': [11], 'llama.cpp q8_0': [5] };
    const rows = comparisons('x', { taken, failed: {} }, { atMost: 1.3, below: 1 });
    expect(rows.map(({ against, holds }) => [against, holds])).toEqual([
      ['llama.cpp f32', true],
      ['wllama f32', false],
      ['llama.cpp q8_0', undefined],
    ]);
  });

  it('nobody is beaten by having failed', () => {
    const turns = {
      taken: { 'ours f32': [10, 12], 'wllama f32': [40], 'transformers.js fp32': [] },
      failed: { 'wllama f32': 'no room', 'transformers.js fp32': 'not installed' },
    };
    const [wllama, transformers] = comparisons('x', turns, { below: 1 });
    expect(wllama).toMatchObject({ failed: 'no room', ratio: { median: 0.25 } });
    expect(transformers).toMatchObject({ failed: 'not installed', ours: { median: 11 } });
    for (const one of [wllama, transformers]) expect(one?.holds).toBeUndefined();
  });

  it('a demand is out of reach only where the products alone are above it', () => {
    const turns = (products: number) => ({
      taken: { 'ours f32': [30], 'llama.cpp f32': [10], 'products f32': [products] },
      failed: {},
    });
    expect(comparisons('x', turns(20)).map(({ against }) => against)).toEqual(['llama.cpp f32']);
    const proofsOf = (turns: Turns<string>) =>
      proofs('x', turns, comparisons('x', turns, { atMost: 1.5, below: 1 }));
    expect(proofsOf(turns(20))[0]).toMatchObject({
      proved: true,
      ratio: { median: 2 },
      ours: { median: 1.5 },
    });
    expect(proofsOf(turns(15))[0]).toMatchObject({ proved: false });
    expect(proofsOf({ ...turns(20), failed: { 'products f32': 'no room' } })).toEqual([]);
    const more = (between: number) => {
      const { taken, failed } = turns(20);
      return proofsOf({ taken: { ...taken, 'products between': [between] }, failed });
    };
    expect(more(21).map(({ proved, chance }) => [proved, chance])).toEqual([
      [true, undefined],
      [true, undefined],
    ]);
    // More of the same cannot take less.
    expect(more(14).map(({ proved, chance }) => [proved, chance])).toEqual([
      [false, true],
      [false, undefined],
    ]);

    const browser = { 'wllama f32': [19], 'transformers.js fp32': [31] };
    const { taken, failed } = turns(20);
    const all = proofsOf({ taken: { ...taken, ...browser }, failed });
    // Ours is faster than transformers.js: there is nothing to be proved.
    expect(all.map(({ against, proved }) => [against, proved])).toEqual([
      ['llama.cpp f32', true],
      ['wllama f32', true],
    ]);
  });
});

describe('limits', () => {
  const moduleOf = async (bytes: Uint8Array<ArrayBuffer>) =>
    (await WebAssembly.instantiate(bytes)).instance.exports as {
      run: (...values: number[]) => number;
      memory: WebAssembly.Memory;
    };

  it('the arithmetic kernels are valid, and compute what they say', async () => {
    // Each of twelve sums becomes s · 0.999 + 0.001.
    expect((await moduleOf(arithmetic(false))).run(2)).toBeCloseTo(12 * (0.001 * 0.999 + 0.001), 6);
    expect(() => WebAssembly.validate(arithmetic(true))).not.toThrow();
  });

  it.each([1, 2, 4, 8])(
    'the reading kernel reads all of a filled memory once, from %i places',
    async (streams) => {
      const bytes = 2 ** 19;
      const { run, memory } = await moduleOf(reading(bytes, streams));
      expect(run(0, roundsOf(bytes))).toBe(0);
      fill(memory);
      const numbers = new Float32Array(memory.buffer);
      // The first of the four sums of a vector: whole numbers, and so few that float32 has them all.
      let sum = 0;
      for (let i = 0; i < numbers.length; i += 4) sum += numbers[i] as number;
      expect(run(0, roundsOf(bytes))).toBe(sum);
      const pages = Array.from({ length: numbers.length / 2 ** 14 }, (_, i) =>
        numbers.slice(i * 2 ** 14, (i + 1) * 2 ** 14).join(),
      );
      expect(new Set(pages).size).toBe(pages.length); // no page is like another
    },
  );

  it('count weights and operations', () => {
    const config = smallConfig({ n_layer: 1, n_embd: 4, n_inner: 16, vocab_size: 10 });
    expect(weightsPerToken(config)).toBe(4 * 16 + 2 * 64 + 40);
    // One position: each weight once, a multiplication and an addition, and one look at itself.
    expect(operations(config, 1)).toBe(2 * weightsPerToken(config) + 4 * 4);
    // Of two positions, the last block needs keys and values of the first, and all of the second; a block before it all of both.
    const last = 2 * (4 * 16 + 2 * 64) + 2 * (2 * 16) + 4 * 4 * 5;
    expect(operations(config, 2, 3)).toBe(last + 2 * 40);
    const before = 2 * 2 * (4 * 16 + 2 * 64) + 4 * 4 * (4 + 5);
    expect(operations({ ...config, n_layer: 2 }, 2, 3)).toBe(before + last + 2 * 40);
  });
});
