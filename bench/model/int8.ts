/** A matrix [n, m] in signed bytes: number (i, j) is `values[i * m + j] * scales[j]`. */
export interface Quantised {
  readonly values: Int8Array<ArrayBuffer>;
  readonly scales: Float32Array<ArrayBuffer>;
}

/** Rounds a matrix [n, m] to signed bytes, with a scale for each column and 0 in the middle. */
export function byColumns(numbers: Float32Array, n: number, m: number): Quantised {
  const scales = new Float32Array(m);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++)
      scales[j] = Math.max(scales[j] as number, Math.abs(numbers[i * m + j] as number));
  for (let j = 0; j < m; j++) scales[j] = (scales[j] as number) / 127;
  const values = new Int8Array(n * m);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      const scale = scales[j] as number;
      values[i * m + j] = scale === 0 ? 0 : Math.round((numbers[i * m + j] as number) / scale);
    }
  return { values, scales };
}

/** [n, m] → [m, n]. */
export function transposedBytes(values: Int8Array, n: number, m: number): Int8Array<ArrayBuffer> {
  const out = new Int8Array(n * m);
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[j * n + i] = values[i * m + j] as number;
  return out;
}
