import { expect, it } from 'vitest';
import { clearBehind, readColumns, writeColumns } from '../../../../src/engine/backends/memory/columns';

const used = (length: number) => new Float32Array(length).fill(7);

it('turns columns of a matrix into rows with zeros behind them', () => {
  const matrix = Float32Array.of(1, 2, 3, 4, 5, 6); // [2, 3]
  const turned = used(8);
  writeColumns(matrix, 3, 0, { from: 1, to: 3, width: 4 }, turned);
  expect([...turned]).toEqual([2, 5, 7, 7, 3, 6, 7, 7]);
  clearBehind(2, { from: 1, to: 3, width: 4 }, turned);
  expect([...turned]).toEqual([2, 5, 0, 0, 3, 6, 0, 0]);
});

it.each([
  [37, 5, 40],
  [64, 4, 64],
  [129, 11, 132],
])('turns more rows and columns than it takes at a time: %i × %i', (rows, d, width) => {
  const matrix = Float32Array.from({ length: rows * d }, (_, i) => i);
  const turned = used(d * width);
  const columns = { from: 0, to: d, width };
  const half = rows >> 1;
  writeColumns(matrix.subarray(0, half * d), d, 0, columns, turned);
  writeColumns(matrix.subarray(half * d), d, half, columns, turned);
  clearBehind(rows, columns, turned);
  for (let column = 0; column < d; column++) {
    const line = turned.subarray(column * width, (column + 1) * width);
    expect([...line.subarray(0, rows)]).toEqual(Array.from({ length: rows }, (_, row) => row * d + column));
    expect([...line.subarray(rows)]).toEqual(new Array(width - rows).fill(0));
  }
  const back = used(3 * d);
  for (const [from, to] of [
    [0, 2],
    [2, d],
  ] as const)
    readColumns(turned.subarray(from * width, to * width), { from, to, width }, rows - 3, d, back);
  expect(back).toEqual(matrix.subarray((rows - 3) * d));
});
