import { describe, expect, it } from 'vitest';
import { largest, probabilities } from '../../src/gpt2/sampling';
import { scoreOf } from '../../src/gpt2/scoring';

describe('the score of a token', () => {
  it('is the logarithm of its probability, and its place among the likeliest', () => {
    const logits = Float32Array.from([1, 3, 2, 3, -1]);
    const p = probabilities(logits);
    const order = largest(logits, 5);
    for (let id = 0; id < 5; id++) {
      const { logprob, rank } = scoreOf(logits, id);
      expect(logprob).toBeCloseTo(Math.log(p[id] as number), 12);
      expect(rank).toBe(order.indexOf(id) + 1);
    }
  });

  it('is finite where the probability is too small for a number', () => {
    expect(scoreOf([0, -2000], 1)).toEqual({ logprob: -2000, rank: 2 });
    expect(scoreOf([1e30, 0], 0)).toEqual({ logprob: 0, rank: 1 });
  });
});
