import { expect, it } from 'vitest';
import { mean, rowNorms } from '../../../taskpane/pictures/norms-data';

it('gives the length of each row', () => {
  expect([...rowNorms({ dims: [2, 2], data: Float32Array.from([3, 4, 5, 12]) })]).toEqual([5, 13]);
});

it('gives their mean', () => {
  expect(mean(Float64Array.from([5, 13]))).toBe(9);
});
