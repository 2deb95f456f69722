import { symmetricEigen } from './eigen';
import type { Matrix } from './matrix';

/** Rows projected on their principal components. */
export interface Projection {
  /** [rows, components]: the place of each row along each component, counted from the mean of all rows. */
  readonly places: Float64Array;
  /** [components]: the part of the whole variance that lies along each, from 0 to 1. */
  readonly shares: Float64Array;
}

/** Directions with less than this part of the largest variance are rounding errors of float64. */
const ROUNDING = 1e-13;

/** Loadings this close to the largest count as equal to it, so that rounding errors decide no sign. */
const ALIKE = 1 - 1e-9;

/**
 * Principal components of the rows of [rows, columns], their mean taken off. The sign of each is such that its largest
 * loading, of equal ones the first, is positive. Decomposes rows × rows or columns × columns numbers, whichever is
 * smaller, with Jacobi's rotations. A component along which nothing varies is all zeros.
 * @param components 1 ≤ components ≤ min(rows, columns)
 */
export function principalComponents(cells: Matrix, components: number): Projection {
  const { rows, columns } = cells;
  const { x, scale } = centred(cells);
  const wide = rows <= columns;
  const size = wide ? rows : columns;
  const { values, vectors } = symmetricEigen(
    wide ? gram(x, columns) : gram(transposed(x, columns), rows),
    size,
  );
  const total = values.reduce((sum, value) => sum + Math.max(value, 0), 0);
  const places = new Float64Array(rows * components);
  const shares = new Float64Array(components);
  for (let k = 0; k < components; k++) {
    const value = values[k] as number;
    if (!(value > ROUNDING * (values[0] as number))) continue;
    shares[k] = value / total;
    const vector = vectors.subarray(k * size, (k + 1) * size);
    const loadings = upright(wide ? unit(combined(x, columns, vector)) : vector); // [columns]
    for (let row = 0; row < rows; row++) {
      places[row * components + k] = dot(x, row * columns, loadings, 0, columns) * scale;
    }
  }
  return { places, shares };
}

/** About how many multiplications the components of [rows, columns] take. */
export const effort = ({ rows, columns }: Matrix): number => {
  const smaller = Math.min(rows, columns);
  return rows * columns * smaller + 50 * smaller ** 3;
};

/** Whether all rows of [rows, columns] are the same, so that there is nothing to project on. */
export const allRowsAlike = ({ columns, data }: Matrix): boolean =>
  data.every((value, i) => value === data[i % columns]);

/** The cells with the mean of each column taken off, divided by the largest of them so that no square overflows. */
function centred({ rows, columns, data }: Matrix): { x: Float64Array; scale: number } {
  const x = data.slice();
  for (let column = 0; column < columns; column++) {
    let mean = 0;
    for (let row = 0; row < rows; row++) mean += (x[row * columns + column] as number) / rows;
    for (let at = column; at < x.length; at += columns) x[at] = (x[at] as number) - mean;
  }
  const scale = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return { x: x.map((value) => value / scale), scale };
}

/** x [rows, n] → x · xᵀ [rows, rows]. */
function gram(x: Float64Array, n: number): Float64Array {
  const rows = x.length / n;
  const products = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dot(x, i * n, x, j * n, n);
      products[i * rows + j] = product;
      products[j * rows + i] = product;
    }
  }
  return products;
}

/** x [rows, n] → [n, rows]. */
function transposed(x: Float64Array, n: number): Float64Array {
  const rows = x.length / n;
  return x.map((_, i) => x[(i % rows) * n + Math.floor(i / rows)] as number);
}

function dot(a: Float64Array, aAt: number, b: Float64Array, bAt: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (a[aAt + i] as number) * (b[bAt + i] as number);
  return sum;
}

/** The rows of x [rows, n] times their weights [rows], added up → [n]. */
function combined(x: Float64Array, n: number, weights: Float64Array): Float64Array {
  const sum = new Float64Array(n);
  for (let i = 0; i < x.length; i++) {
    sum[i % n] = (sum[i % n] as number) + (x[i] as number) * (weights[Math.floor(i / n)] as number);
  }
  return sum;
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, 0, vector, 0, vector.length));
  return vector.map((value) => value / length);
}

/** A vector, or its negative: the one whose largest number is positive. */
function upright(vector: Float64Array): Float64Array {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const decides = vector.find((value) => Math.abs(value) >= ALIKE * largest) ?? 0;
  return decides < 0 ? vector.map((value) => -value) : vector;
}
