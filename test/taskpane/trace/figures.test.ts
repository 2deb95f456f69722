import { expect, it } from 'vitest';
import { alignedFigures } from '../../../taskpane/trace/figures';

it.each([
  [
    [0.5, -2, 0.123456],
    ['0.5000', '−2.0000', '0.1235'],
  ],
  [
    [123.456, -0.001],
    ['123.46', '0.00'],
  ],
  [
    [12, -3],
    ['12', '−3'],
  ],
  [
    ['masked', 0.25],
    ['masked', '0.2500'],
  ],
  [
    [-1e10, 0.5],
    ['−1e10', '0.5'],
  ],
  [
    [3e-7, 0],
    ['3e−7', '0'],
  ],
  [[], []],
])('%j stand below each other as %j', (values, expected) => {
  expect(alignedFigures(values)).toEqual(expected);
});
