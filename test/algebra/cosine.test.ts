import { expect, it } from 'vitest';
import { cosines, meanRow, unitRows, zeroRow } from '../../src/algebra/cosine';
import { randomNumbers } from '../support/random';

it('is the dot product divided by both lengths', () => {
  const next = randomNumbers(1);
  const n = 7;
  const vector = Float64Array.from({ length: n }, () => next() - 0.5);
  const rows = Float32Array.from({ length: 5 * n }, () => next() - 0.5);
  let worst = 0;
  cosines(unitRows(vector, n), rows).forEach((got, row) => {
    const other = [...rows.slice(row * n, (row + 1) * n)];
    const dot = other.reduce((sum, value, i) => sum + value * (vector[i] as number), 0);
    worst = Math.max(worst, Math.abs(got - dot / Math.hypot(...vector) / Math.hypot(...other)));
  });
  console.log(`cosines: largest difference ${worst.toExponential(1)}`);
  expect(worst).toBeLessThan(1e-15);
});

it('knows no length too small or too large', () => {
  expect([...unitRows([3e-300, 4e-300, 3e300, 4e300], 2)].map((value) => Math.fround(value))).toEqual(
    [0.6, 0.8, 0.6, 0.8].map(Math.fround),
  );
});

it('is 0 with a row of zeros, which can be found', () => {
  expect([...cosines(Float64Array.of(1, 0), Float64Array.of(0, 0, 2, 0))]).toEqual([0, 1]);
  expect(zeroRow(Float64Array.of(1, 0, 0, 0), 2)).toBe(1);
  expect(zeroRow(Float64Array.of(1, 0, 0, 1), 2)).toBe(-1);
});

it('means are by column', () => {
  expect([...meanRow([1, 2, 3, 4, 5, 6], 2)]).toEqual([3, 4]);
});
