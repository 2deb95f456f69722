/** Columns [from, to) of a matrix, each written as a row of `width` numbers: those behind its own are zeros. */
export interface Columns {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** Rows at a time when a matrix is turned round: four lines of the cache, so that of each page that is written, more than one line is. */
const ROWS = 64;

/**
 * Writes columns of a matrix one behind the other.
 * @param numbers the matrix, whose rows have `d` numbers
 * @param out [to − from, width], which may hold anything
 */
export function writeColumns(
  numbers: Float32Array,
  d: number,
  { from, to, width }: Columns,
  out: Float32Array,
): void {
  const rows = numbers.length / d;
  for (let top = 0; top < rows; top += ROWS) {
    const bottom = Math.min(top + ROWS, rows);
    for (let column = from; column < to; column++) {
      const at = (column - from) * width;
      for (let row = top; row < bottom; row++) out[at + row] = numbers[row * d + column] as number;
    }
  }
  for (let end = width; end <= out.length; end += width) out.fill(0, end - width + rows, end);
}
