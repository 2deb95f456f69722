import { expect, it } from 'vitest';
import { checkSize, roundedCells, toCells } from '../../src/sheet/cells';

const tensor = (...dims: number[]) => ({
  dims,
  data: Float32Array.from({ length: dims.reduce((a, b) => a * b) }, (_, i) => Math.sin(i)),
});

it('lays a tensor out row by row', () => {
  expect(toCells({ dims: [2, 2], data: Float32Array.of(1, 2, 3, 0.1) }, '')).toEqual([
    [1, 2],
    [3, 0.1],
  ]);
  expect(toCells({ dims: [3], data: Float32Array.of(1, 2, 3) }, '')).toEqual([[1], [2], [3]]);
});

it('takes what Excel takes: 300 tokens of 768 numbers, a vocabulary of 50,257', () => {
  expect(toCells(tensor(300, 768), '')).toHaveLength(300);
  expect(toCells(tensor(50_257, 1), '')).toHaveLength(50_257);
});

it('names the shape, the size and what to ask for instead when it is over the limit', () => {
  expect(() => toCells(tensor(1024, 768), 'give a shorter prompt')).toThrow(
    /^The result is 1024×768 cells, over \d+\.\d MB where Excel takes 5 MB: give a shorter prompt\.$/,
  );
  expect(() => toCells(tensor(1, 20_000), 'x')).toThrow("1×20000 cells, over a sheet's 1048576×16384");
});

it('knows without the numbers what can never fit', () => {
  checkSize(50_257, 1, 'x');
  expect(() => checkSize(50_257, 768, 'ask for a part')).toThrow(
    'The result is 50257×768 cells, over the 5 MB that Excel takes: ask for a part.',
  );
});

it('rounds float64 once, and says where float32 cannot follow', () => {
  expect(roundedCells({ rows: 1, columns: 2, data: Float64Array.of(0.1, 1 + 2 ** -40) }, '')).toEqual([
    [0.1, 1],
  ]);
  expect(() => roundedCells({ rows: 1, columns: 2, data: Float64Array.of(0.1, 1e39) }, '')).toThrow(
    'The result holds 1e+39 in row 1, column 2: float32 goes up to 3.4e38. Give smaller numbers.',
  );
});
