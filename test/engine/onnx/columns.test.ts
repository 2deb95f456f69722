import { expect, it } from 'vitest';
import { columnsOf } from '../../../src/engine/onnx/columns';

it('turns columns of a matrix into rows with zeros behind them', () => {
  const matrix = Float32Array.of(1, 2, 3, 4, 5, 6); // [2, 3]
  expect([...columnsOf(matrix, 3, { from: 1, to: 3, width: 4 })]).toEqual([2, 5, 0, 0, 3, 6, 0, 0]);
});

it('turns more rows than it takes at a time', () => {
  const [rows, d] = [37, 5];
  const matrix = Float32Array.from({ length: rows * d }, (_, i) => i);
  const turned = columnsOf(matrix, d, { from: 0, to: d, width: 40 });
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < d; column++) expect(turned[column * 40 + row]).toBe(row * d + column);
  expect(turned.subarray(37, 40)).toEqual(new Float32Array(3));
});
