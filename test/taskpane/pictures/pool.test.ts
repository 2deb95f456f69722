import { expect, it } from 'vitest';
import { blockOf, pooled, shrunk } from '../../../taskpane/pictures/pool';

it('makes long prompts small and leaves short ones as they are', () => {
  expect([1, 64, 65, 128, 1024].map((n) => blockOf(n, 64))).toEqual([1, 1, 2, 2, 16]);
});

it('keeps the largest weight of each block', () => {
  const weights = Float32Array.from([1, 0, 0, 0.25, 0.75, 0, 0.5, 0.125, 0.375]);
  expect([...pooled(weights, 3, 2)]).toEqual([1, 0, 0.5, 0.375]);
});

it('gives a copy, so that the large array can go', () => {
  const weights = Float32Array.from([1]);
  const small = pooled(weights, 1, 1);
  expect(small).toEqual(weights);
  expect(small.buffer).not.toBe(weights.buffer);
});

it('makes a map as small as the screen has points, with the largest weight in each', () => {
  const weights = Float32Array.from([1, 0, 0, 0.25, 0.75, 0, 0.5, 0.125, 0.375]);
  expect([...shrunk(weights, 3, 2)]).toEqual([1, 0, 0.75, 0.75]);
  expect(shrunk(weights, 3, 3)).toBe(weights);
});
