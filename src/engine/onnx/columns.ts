import type { WeightFile } from './graph';

/** Rows at a time when a matrix is turned round: as many as a line of the cache has numbers. */
const LINE = 16;

/** Columns of a matrix whose rows have `d` numbers, each as a row of `width` numbers. */
export function columnsOf(
  numbers: Float32Array,
  d: number,
  { from, to, width }: NonNullable<WeightFile['columns']>,
): Float32Array {
  const rows = numbers.length / d;
  const out = new Float32Array((to - from) * width);
  for (let top = 0; top < rows; top += LINE) {
    const bottom = Math.min(top + LINE, rows);
    for (let column = from; column < to; column++) {
      const at = (column - from) * width;
      for (let row = top; row < bottom; row++) out[at + row] = numbers[row * d + column] as number;
    }
  }
  return out;
}
