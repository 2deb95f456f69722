import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../src/algebra/eigen';
import type { Matrix } from '../../src/algebra/matrix';
import { allRowsAlike, principalComponents } from '../../src/algebra/pca';
import { randomNumbers } from '../support/random';

function random(rows: number, columns: number, seed: number): Matrix {
  const next = randomNumbers(seed);
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, () => 2 * next() - 1) };
}
const at = (m: Float64Array, n: number, row: number, column: number) => m[row * n + column] as number;
const column = (m: Float64Array, n: number, k: number) => m.filter((_, i) => i % n === k);
const dot = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

describe('eigenvalues', () => {
  it('and eigenvectors put the matrix together again', () => {
    let worst = 0;
    for (const n of [1, 2, 3, 10, 40]) {
      const { data } = random(n, n, n);
      const a = data.map((value, i) => value + at(data, n, i % n, Math.floor(i / n)));
      const { values, vectors } = symmetricEigen(a, n);
      for (let i = 0; i < n; i++) {
        if (i > 0) expect(values[i]).toBeLessThanOrEqual(values[i - 1] as number);
        for (let j = 0; j < n; j++) {
          let sum = 0;
          let product = 0;
          for (let k = 0; k < n; k++) {
            sum += (values[k] as number) * at(vectors, n, k, i) * at(vectors, n, k, j);
            product += at(vectors, n, i, k) * at(vectors, n, j, k);
          }
          worst = Math.max(worst, Math.abs(sum - at(a, n, i, j)), Math.abs(product - (i === j ? 1 : 0)));
        }
      }
    }
    console.log(`eigenvalues: largest difference ${worst.toExponential(1)}`);
    expect(worst).toBeLessThan(1e-12);
  });

  it('are those known of a small matrix', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
    expect(Math.abs(at(vectors, 2, 0, 0))).toBeCloseTo(Math.SQRT1_2, 14);
  });
});

describe('principal components', () => {
  it.each([
    [30, 5],
    [5, 30],
    [12, 12],
  ])('of %i × %i: uncorrelated, shares of all the variance, distances kept', (rows, columns) => {
    const cells = random(rows, columns, 7 * rows + columns);
    const components = Math.min(rows - 1, columns);
    const { places, shares } = principalComponents(cells, components);
    const all = Array.from({ length: components }, (_, k) => column(places, components, k));
    let worst = Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1);
    const total = all.reduce((sum, one) => sum + dot(one, one), 0);
    all.forEach((one, k) => {
      worst = Math.max(worst, Math.abs(dot(one, one) / total - (shares[k] as number)));
      worst = Math.max(worst, Math.abs(one.reduce((sum, value) => sum + value, 0)));
      for (const other of all.slice(k + 1)) worst = Math.max(worst, Math.abs(dot(one, other)));
    });
    const far = (m: Float64Array, n: number, i: number, j: number) =>
      Math.hypot(...Array.from({ length: n }, (_, c) => at(m, n, i, c) - at(m, n, j, c)));
    for (let i = 1; i < rows; i++) {
      const before = far(cells.data, columns, i, i - 1);
      worst = Math.max(worst, Math.abs(far(places, components, i, i - 1) - before));
    }
    console.log(`PCA of ${rows}×${columns}: largest difference ${worst.toExponential(1)}`);
    expect(worst).toBeLessThan(1e-12);
  });

  it('agrees with power iteration on the covariance, sign included', () => {
    const cells = random(20, 6, 3);
    const { rows, columns, data } = cells;
    const means = Array.from(
      { length: columns },
      (_, c) => column(data, columns, c).reduce((a, b) => a + b) / rows,
    );
    const x = data.map((value, i) => value - (means[i % columns] as number));
    let v = new Float64Array(columns).fill(1);
    for (let step = 0; step < 5000; step++) {
      const next = new Float64Array(columns);
      for (let row = 0; row < rows; row++) {
        const r = x.subarray(row * columns, (row + 1) * columns);
        const along = dot(r, v);
        for (let c = 0; c < columns; c++) next[c] = (next[c] as number) + along * (r[c] as number);
      }
      const length = Math.sqrt(dot(next, next));
      v = next.map((value) => value / length);
    }
    const largest = v.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    if (largest < 0) v = v.map((value) => -value);
    const { places } = principalComponents(cells, 1);
    let worst = 0;
    for (let row = 0; row < rows; row++) {
      const right = dot(x.subarray(row * columns, (row + 1) * columns), v);
      worst = Math.max(worst, Math.abs((places[row] as number) - right));
    }
    console.log(`PCA and power iteration: largest difference ${worst.toExponential(1)}`);
    expect(worst).toBeLessThan(1e-9);
  });

  it('does not turn round when the cells are scaled, nor for numbers at the ends of float32', () => {
    const cells = random(6, 4, 5);
    const plain = principalComponents(cells, 2);
    for (const scale of [1e-38, 1e38]) {
      const scaled = principalComponents({ ...cells, data: cells.data.map((value) => value * scale) }, 2);
      scaled.places.forEach((place, i) => {
        expect(place / scale).toBeCloseTo(plain.places[i] as number, 10);
      });
      expect(scaled.shares[0]).toBeCloseTo(plain.shares[0] as number, 12);
    }
  });

  it('settles equal loadings by the first: its loading is positive', () => {
    // Both columns vary alike, in opposite directions: loadings are ±√½.
    const { places } = principalComponents({ rows: 2, columns: 2, data: Float64Array.of(0, 1, 1, 0) }, 1);
    expect(places[0]).toBeCloseTo(-Math.SQRT1_2, 14);
    expect(places[1]).toBeCloseTo(Math.SQRT1_2, 14);
  });

  it('leaves components empty along which nothing varies', () => {
    const data = Float64Array.of(1, 1, 2, 2, 3, 3);
    const { places, shares } = principalComponents({ rows: 3, columns: 2, data }, 2);
    expect([...shares]).toEqual([1, 0]);
    expect([...column(places, 2, 1)]).toEqual([0, 0, 0]);
    expect(allRowsAlike({ rows: 2, columns: 2, data: Float64Array.of(1, 2, 1, 2) })).toBe(true);
    expect(allRowsAlike({ rows: 3, columns: 2, data })).toBe(false);
  });
});
