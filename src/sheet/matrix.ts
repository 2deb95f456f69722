import type { Tensor } from '../gpt2/tensor';
import { cellsOf } from './arguments';
import { messages } from './messages';

/** Reads a range of numbers → [rows, columns], rounded to float32 as the model's own numbers are. */
export function matrixOf(parameter: string, value: unknown): Tensor {
  const cells = cellsOf(parameter, value);
  const columns = cells[0]?.length ?? 0;
  const data = new Float32Array(cells.length * columns);
  cells.forEach((row, r) => {
    row.forEach((cell, c) => {
      if (typeof cell !== 'number') throw messages.notANumber(parameter, cell, r + 1, c + 1);
      const rounded = Math.fround(cell);
      if (!Number.isFinite(rounded)) throw messages.notFinite(parameter, cell, r + 1, c + 1);
      data[r * columns + c] = rounded;
    });
  });
  return { dims: [cells.length, columns], data };
}
