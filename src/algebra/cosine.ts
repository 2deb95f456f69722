/** Each row of [rows, n] brought to length 1; a row of zeros stays one. */
export function unitRows(data: ArrayLike<number>, n: number): Float64Array {
  const unit = Float64Array.from(data);
  for (let at = 0; at < unit.length; at += n) {
    const row = unit.subarray(at, at + n);
    // Divided by the largest first, so that no square overflows or vanishes.
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (largest === 0) continue;
    for (let i = 0; i < n; i++) row[i] = (row[i] as number) / largest;
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    for (let i = 0; i < n; i++) row[i] = (row[i] as number) / length;
  }
  return unit;
}

/** The cosine of the angle between a vector of length 1 [n] and each row of [rows, n] → [rows]; 0 for a row of zeros. */
export function cosines(unit: Float64Array, data: Float32Array | Float64Array): Float64Array {
  const n = unit.length;
  const found = new Float64Array(data.length / n);
  for (let row = 0; row < found.length; row++) {
    const at = row * n;
    let dot = 0;
    let square = 0;
    for (let i = 0; i < n; i++) {
      const value = data[at + i] as number;
      dot += (unit[i] as number) * value;
      square += value * value;
    }
    found[row] = square === 0 ? 0 : dot / Math.sqrt(square);
  }
  return found;
}

/** The first row of [rows, n] that is all zeros and so points nowhere, or -1. */
export function zeroRow(data: Float64Array, n: number): number {
  for (let at = 0; at < data.length; at += n) {
    if (data.subarray(at, at + n).every((value) => value === 0)) return at / n;
  }
  return -1;
}

/** The mean of the rows of [rows, n] → [n]. */
export function meanRow(data: ArrayLike<number>, n: number): Float64Array {
  const mean = new Float64Array(n);
  for (let i = 0; i < data.length; i++) mean[i % n] = (mean[i % n] as number) + (data[i] as number);
  return mean.map((sum) => (sum * n) / data.length);
}
