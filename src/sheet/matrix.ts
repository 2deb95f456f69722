import type { Matrix } from '../algebra/matrix';
import type { Tensor } from '../gpt2/tensor';
import { cellsOf, isBlank } from './arguments';
import { messages } from './messages';

/** Reads a range of numbers → [rows, columns], as they are; none may be larger than float32 goes. */
export function numbersOf(parameter: string, value: unknown): Matrix {
  const cells = cellsOf(parameter, value);
  const columns = cells[0]?.length ?? 0;
  const data = new Float64Array(cells.length * columns);
  cells.forEach((row, r) => {
    row.forEach((cell, c) => {
      if (typeof cell !== 'number') throw messages.notANumber(parameter, cell, r + 1, c + 1);
      if (!Number.isFinite(Math.fround(cell))) throw messages.notFinite(parameter, cell, r + 1, c + 1);
      data[r * columns + c] = cell;
    });
  });
  return { rows: cells.length, columns, data };
}

/** Reads a range of numbers → [rows, columns], rounded to float32 as the model's own numbers are. */
export function matrixOf(parameter: string, value: unknown): Tensor {
  const { rows, columns, data } = numbersOf(parameter, value);
  return { dims: [rows, columns], data: Float32Array.from(data) };
}

/**
 * Reads n numbers in one row or one column → [n]; one number alone stands for all n, and `otherwise` for an argument
 * that was left out.
 */
export function rowOf(parameter: string, value: unknown, n: number, otherwise: number): Float64Array {
  const all = (number: number) => new Float64Array(n).fill(number);
  if (isLeftOut(value)) return all(otherwise);
  const { rows, columns, data } = numbersOf(parameter, value);
  if (data.length === 1) return all(data[0] as number);
  if (data.length !== n || (rows > 1 && columns > 1)) throw messages.wrongLength(parameter, rows, columns, n);
  return data;
}

/** Whether a range was left out, or is one blank cell. */
function isLeftOut(value: unknown): boolean {
  const [row, ...more] = Array.isArray(value) ? (value as unknown[][]) : [[value]];
  return more.length === 0 && (row === undefined || (row.length === 1 && isBlank(row[0])));
}
