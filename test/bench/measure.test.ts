import { describe, expect, it } from 'vitest';
import { comparisons } from '../../bench/compare';
import { arithmetic, reading, roundsOf } from '../../bench/limits/kernels';
import { alternate, median, ratioOf } from '../../bench/measure';
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

  it('the demand on the native program is another than on those in the browser', () => {
    const rows = comparisons(
      'x',
      { 'ours f32': [12], 'llama.cpp f32': [10], 'wllama f32': [11] },
      'ours f32',
      { atMost: 1.3 },
    );
    expect(rows.map(({ against, holds }) => [against, holds])).toEqual([
      ['llama.cpp f32', true],
      ['wllama f32', false],
    ]);
  });
});

describe('limits', () => {
  it('the kernels are valid, and compute what they say', async () => {
    const run = async (bytes: Uint8Array<ArrayBuffer>) => {
      const { instance } = await WebAssembly.instantiate(bytes);
      return instance.exports.run as (...values: number[]) => number;
    };
    // Each of twelve sums becomes s · 0.999 + 0.001.
    expect((await run(arithmetic(false)))(2)).toBeCloseTo(12 * (0.001 * 0.999 + 0.001), 6);
    const bytes = 2 ** 17;
    expect((await run(reading(bytes)))(0, roundsOf(bytes))).toBe(0);
    expect(() => WebAssembly.validate(arithmetic(true))).not.toThrow();
  });

  it('count weights and operations', () => {
    const config = smallConfig({ n_layer: 1, n_embd: 4, n_inner: 16, vocab_size: 10 });
    expect(weightsPerToken(config)).toBe(4 * 16 + 2 * 64 + 40);
    // One position: each weight once, a multiplication and an addition, and one look at itself.
    expect(operations(config, 1)).toBe(2 * weightsPerToken(config) + 4 * 4);
    expect(operations(config, 2, 3)).toBe(2 * 2 * (4 * 16 + 2 * 64) + 4 * 4 * (4 + 5) + 2 * 40);
  });
});
