/** How many weights across fall into one, where at most `most` are to be left of `n`. */
export const blockOf = (n: number, most: number): number => Math.ceil(n / most);

/** A square of weights [n, n] made smaller: [m, m] with the largest weight of each block × block, m = ⌈n / block⌉. */
export function pooled(weights: Float32Array, n: number, block: number): Float32Array {
  if (block === 1) return weights.slice();
  const m = Math.ceil(n / block);
  const small = new Float32Array(m * m);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      const at = Math.floor(row / block) * m + Math.floor(column / block);
      small[at] = Math.max(small[at] as number, weights[row * n + column] as number);
    }
  }
  return small;
}

/**
 * A square of weights [n, n] in m × m points where that is fewer: each the largest weight that falls into it, so that
 * a thin line does not vanish. The upper triangle is the future, and stays 0.
 */
export function shrunk(weights: Float32Array, n: number, m: number): Float32Array {
  if (m >= n) return weights;
  const small = new Float32Array(m * m);
  const first = (i: number) => Math.floor((i * n) / m);
  const end = (i: number) => Math.ceil(((i + 1) * n) / m);
  for (let y = 0; y < m; y++) {
    for (let x = 0; x <= y; x++) {
      let largest = 0;
      for (let row = first(y); row < end(y); row++) {
        for (let column = first(x); column < Math.min(end(x), row + 1); column++) {
          largest = Math.max(largest, weights[row * n + column] as number);
        }
      }
      small[y * m + x] = largest;
    }
  }
  return small;
}
