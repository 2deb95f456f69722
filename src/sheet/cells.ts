import type { Matrix } from '../algebra/matrix';
import { shortestRows } from '../decimals';
import type { Tensor } from '../gpt2/tensor';
import { messages } from './messages';

/** What to ask for instead when a result has a row for each token and does not fit. */
export const SHORTER = 'give a shorter prompt';

/** Excel on the web takes at most 5 MB an answer; what goes with the values needs some of it. */
const PAYLOAD_BYTES = 4_900_000;
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
const FEWEST_CHARACTERS = 2; // of a number and its comma

/** @throws CellError when so many cells fit neither a sheet nor one answer, whatever is in them */
export function checkSize(rows: number, columns: number, instead: string): void {
  if (rows > MOST_ROWS || columns > MOST_COLUMNS) {
    throw messages.tooLarge(rows, columns, `a sheet's ${MOST_ROWS}×${MOST_COLUMNS}`, instead);
  }
  if (rows * columns * FEWEST_CHARACTERS > PAYLOAD_BYTES) {
    throw messages.tooLarge(rows, columns, 'the 5 MB that Excel takes', instead);
  }
}

/** Float64 numbers [rows, columns] as cell values, rounded to float32. @throws CellError where one is too large for that */
export function roundedCells({ rows, columns, data }: Matrix, instead: string): number[][] {
  const at = data.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (at >= 0) {
    throw messages.overflow(data[at] as number, Math.floor(at / columns) + 1, (at % columns) + 1);
  }
  return toCells({ dims: [rows, columns], data: Float32Array.from(data) }, instead);
}

/** What tensors look like in cells: many cells may ask for the same at once, and are given the same. */
const made = new WeakMap<Tensor, readonly (readonly number[])[]>();

/**
 * A tensor [rows, columns], or [rows] as one column, as cell values, which may be shared with others and must not be changed.
 * @param instead what to ask for when it does not fit
 */
export function toCells(tensor: Tensor, instead: string): number[][] {
  const { dims, data } = tensor;
  const [rows = 1, columns = 1] = dims;
  const known = made.get(tensor);
  if (known) return known as number[][];
  checkSize(rows, columns, instead);
  const cells = shortestRows(data, columns);
  checkPayload(cells, instead);
  made.set(tensor, cells);
  return cells;
}

/** @throws CellError when the values written out are more than the host takes in one answer */
function checkPayload(cells: number[][], instead: string): void {
  const columns = cells[0]?.length ?? 0;
  const longest = 24; // characters of a number and its comma, at the most
  if (cells.length * columns * longest <= PAYLOAD_BYTES) return;
  const bytes = JSON.stringify(cells).length;
  if (bytes > PAYLOAD_BYTES) {
    const limit = `${(bytes / 1e6).toFixed(1)} MB where Excel takes 5 MB`;
    throw messages.tooLarge(cells.length, columns, limit, instead);
  }
}
