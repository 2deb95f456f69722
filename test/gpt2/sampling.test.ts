import { describe, expect, it } from 'vitest';
import { largest, probabilities, sample, uniform } from '../../src/gpt2/sampling';

const logits = Float32Array.from([1, 3, 2, 3, -1]);
const plain = { temperature: 1, topK: 0, topP: 1, seed: 0 };

describe('sampling', () => {
  it('takes the likeliest at temperature 0, of equals the smaller id', () => {
    expect(sample(logits, { ...plain, temperature: 0 })).toBe(1);
    expect(largest(logits, 4)).toEqual([1, 3, 2, 0]);
  });

  it('picks a few of many as sorting them all does, equals among them', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const values = Float64Array.from({ length: 3000 }, (_, i) =>
        Math.floor(100 * uniform(seed * 3000 + i)),
      );
      const sorted = [...values.keys()].sort(
        (a, b) => (values[b] as number) - (values[a] as number) || a - b,
      );
      for (const k of [0, 1, 2, 7, 64, 65]) expect(largest(values, k)).toEqual(sorted.slice(0, k));
      expect(largest(values, values.length)).toEqual(sorted);
    }
    expect(largest([-1, Number.NEGATIVE_INFINITY, -2], 2)).toEqual([0, 2]);
  });

  it('draws each token as often as its probability says', () => {
    const p = probabilities(logits);
    const drawn = Array.from({ length: 20_000 }, (_, seed) => sample(logits, { ...plain, seed }));
    p.forEach((probability, id) => {
      const share = drawn.filter((token) => token === id).length / drawn.length;
      expect(Math.abs(share - probability)).toBeLessThan(0.01);
    });
  });

  it('draws the same token for the same seed', () => {
    for (let seed = 0; seed < 50; seed++) {
      expect(sample(logits, { ...plain, seed })).toBe(sample(logits, { ...plain, seed }));
    }
  });

  it('keeps to the k likeliest, and to the fewest that reach p', () => {
    for (let seed = 0; seed < 500; seed++) {
      expect([1, 3]).toContain(sample(logits, { ...plain, topK: 2, seed }));
      expect([1, 3]).toContain(sample(logits, { ...plain, topP: 0.5, seed }));
      expect(sample(logits, { ...plain, topP: 1e-9, seed })).toBe(1);
    }
  });

  it('gives finite probabilities that add up to 1, for huge logits and tiny temperatures too', () => {
    for (const p of [
      probabilities([1e30, -1e30, 0]),
      probabilities(logits, 1e-300),
      probabilities(logits, 100),
    ]) {
      expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    }
  });

  it('spreads neighbouring seeds evenly over [0, 1)', () => {
    const numbers = Array.from({ length: 10_000 }, (_, seed) => uniform(seed));
    for (let tenth = 0; tenth < 10; tenth++) {
      const count = numbers.filter((u) => Math.floor(u * 10) === tenth).length;
      expect(Math.abs(count - 1000)).toBeLessThan(150);
    }
  });
});
