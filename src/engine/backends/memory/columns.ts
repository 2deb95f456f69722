/** Columns [from, to) of a matrix, each written as a row of `width` numbers: those behind its own are zeros. */
export interface Columns {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** Rows at a time when a matrix is turned round: four lines of the cache, so that of each page that is written, more than one line is. */
const ROWS = 64;

/**
 * Writes columns of some rows of a matrix one behind the other.
 * @param numbers the rows, of `d` numbers each
 * @param first which of the matrix's rows they begin with
 * @param out [to − from, width]
 */
export function writeColumns(
  numbers: Float32Array,
  d: number,
  first: number,
  { from, to, width }: Columns,
  out: Float32Array,
): void {
  const rows = numbers.length / d;
  for (let top = 0; top < rows; top += ROWS) {
    const bottom = Math.min(top + ROWS, rows);
    for (let column = from; column < to; column++) {
      const at = (column - from) * width + first;
      for (let row = top; row < bottom; row++) out[at + row] = numbers[row * d + column] as number;
    }
  }
}

/** Writes zeros behind the first `rows` numbers of each column. */
export function clearBehind(rows: number, { width }: Columns, out: Float32Array): void {
  for (let end = width; end <= out.length; end += width) out.fill(0, end - width + rows, end);
}

/**
 * Puts columns back into rows of the matrix.
 * @param columns [to − from, width], as they were written
 * @param first which of the matrix's rows to begin with
 * @param numbers the rows, of `d` numbers each
 */
export function readColumns(
  columns: Float32Array,
  { from, to, width }: Columns,
  first: number,
  d: number,
  numbers: Float32Array,
): void {
  const rows = numbers.length / d;
  for (let column = from; column < to; column++) {
    const at = (column - from) * width + first;
    for (let row = 0; row < rows; row++) numbers[row * d + column] = columns[at + row] as number;
  }
}
