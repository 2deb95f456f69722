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
