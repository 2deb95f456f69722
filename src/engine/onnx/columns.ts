import type { WeightFile } from './graph';

/** Rows at a time when a matrix is turned round: four lines of the cache, so that of each page that is written, more than one line is. */
const ROWS = 64;

/** Columns of a matrix whose rows have `d` numbers, each as a row of `width` numbers. */
export function columnsOf(
  numbers: Float32Array,
  d: number,
  { from, to, width }: NonNullable<WeightFile['columns']>,
): Float32Array {
  const rows = numbers.length / d;
  const out = new Float32Array((to - from) * width);
  for (let top = 0; top < rows; top += ROWS) {
    const bottom = Math.min(top + ROWS, rows);
    for (let column = from; column < to; column++) {
      const at = (column - from) * width;
      for (let row = top; row < bottom; row++) out[at + row] = numbers[row * d + column] as number;
    }
  }
  return out;
}
