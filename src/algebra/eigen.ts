/** Eigenvalues [n], largest first, and their eigenvectors of length 1: row k of [n, n] belongs to value k. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

const MOST_SWEEPS = 60;

/** What lies off the diagonal counts as nothing when its squares are this small a part of all squares. */
const NOTHING = 1e-30;

/** The eigenvalues and eigenvectors of a symmetric matrix [n, n], by Jacobi's rotations. */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const all = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a, n) > NOTHING * all; sweep++) {
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => (a[j * n + j] as number) - (a[i * n + i] as number) || i - j,
  );
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    vectors.set(v.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values: Float64Array.from(order, (i) => a[i * n + i] as number), vectors };
}

/** Half the sum of squares off the diagonal of a symmetric matrix [n, n]. */
function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) sum += (a[p * n + q] as number) ** 2;
  }
  return sum;
}

/** Turns the plane of p and q so that a[p, q] becomes 0; the rows of v turn with it. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q] as number;
  if (apq === 0) return;
  const theta = ((a[q * n + q] as number) - (a[p * n + p] as number)) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cos = 1 / Math.hypot(t, 1);
  const sin = t * cos;
  turn(a, n, p, q, n, cos, sin); // columns
  turn(a, n, p * n, q * n, 1, cos, sin); // rows
  a[p * n + q] = 0;
  a[q * n + p] = 0;
  turn(v, n, p * n, q * n, 1, cos, sin);
}

/** Turns n pairs of numbers: the first at p and q, the next `step` further. */
function turn(
  x: Float64Array,
  n: number,
  p: number,
  q: number,
  step: number,
  cos: number,
  sin: number,
): void {
  for (let k = 0; k < n; k++) {
    const xp = x[p + k * step] as number;
    const xq = x[q + k * step] as number;
    x[p + k * step] = cos * xp - sin * xq;
    x[q + k * step] = sin * xp + cos * xq;
  }
}
