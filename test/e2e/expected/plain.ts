/** Sums and products in float64, written out: what the project's own arithmetic is held against. */

/** The softmax of some numbers. */
export function softmax(values: ArrayLike<number>, temperature = 1): Float64Array {
  const all = Float64Array.from(values);
  const most = all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weights = all.map((value) => Math.exp((value - most) / temperature));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** Places of numbers, from the largest number to the smallest; of equal ones the first comes first. */
export const order = (values: ArrayLike<number>): number[] =>
  Array.from(values, (_, i) => i).sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);

/** The cosine of the angle between two vectors. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, one, other] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += (a[i] as number) * (b[i] as number);
    one += (a[i] as number) ** 2;
    other += (b[i] as number) ** 2;
  }
  return dot / Math.sqrt(one * other);
}

/** a [n, m] · b [m, p] + bias [p] → [n, p]. */
export function product(
  a: readonly number[][],
  b: readonly number[][],
  bias: readonly number[],
): Float64Array {
  const p = bias.length;
  return Float64Array.from({ length: a.length * p }, (_, at) => {
    const row = a[Math.floor(at / p)] as number[];
    return row.reduce((sum, x, i) => sum + x * (b[i]?.[at % p] as number), bias[at % p] as number);
  });
}

/** Each row brought to mean 0 and variance 1, times the gain, plus the bias → [rows, n]. */
export function normalised(
  rows: readonly number[][],
  gain: readonly number[],
  bias: readonly number[],
  eps: number,
): Float64Array {
  return Float64Array.from(
    rows.flatMap((row) => {
      const mean = row.reduce((a, b) => a + b, 0) / row.length;
      const variance = row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / row.length;
      return row.map(
        (x, i) => ((x - mean) / Math.sqrt(variance + eps)) * (gain[i] as number) + (bias[i] as number),
      );
    }),
  );
}

/** GELU in GPT-2's tanh form. */
export const gelu = (x: number): number =>
  (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

/** Steps of the power iteration: enough where each component has at most 0.9 of the variance of the one before. */
const STEPS = 2000;

/** Principal components by power iteration and deflation → places [rows, count] and shares [count], one after the other. */
export function principal(rows: readonly number[][], count: number): Float64Array {
  const n = rows[0]?.length ?? 0;
  const means = Array.from(
    { length: n },
    (_, c) => rows.reduce((sum, row) => sum + (row[c] as number), 0) / rows.length,
  );
  const x = rows.map((row) => row.map((value, c) => value - (means[c] as number)));
  const covariance = means.map((_, i) =>
    Float64Array.from(means, (_, j) =>
      x.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), 0),
    ),
  );
  const total = covariance.reduce((sum, row, i) => sum + (row[i] as number), 0);
  const found = Array.from({ length: count }, (_, k) => {
    let vector = Float64Array.from(means, (_, i) => 1 + ((i * 7 + k) % 5));
    let value = 0;
    for (let step = 0; step < STEPS; step++) {
      const next = Float64Array.from(covariance, (row) => dot(row, vector));
      value = Math.hypot(...next);
      vector = next.map((entry) => entry / value);
    }
    covariance.forEach((row, i) => {
      for (let j = 0; j < n; j++)
        row[j] = (row[j] as number) - value * (vector[i] as number) * (vector[j] as number);
    });
    const largest = vector[order(vector.map(Math.abs))[0] as number] as number;
    return { vector: largest < 0 ? vector.map((entry) => -entry) : vector, share: value / total };
  });
  const places = x.flatMap((row) => found.map(({ vector }) => dot(row, vector)));
  return Float64Array.from([...places, ...found.map(({ share }) => share)]);
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};
