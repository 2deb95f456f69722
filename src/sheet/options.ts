import { cellsOf, isBlank } from './arguments';
import { messages } from './messages';

/** Reads a range with a text in every cell, row by row; numbers are taken as their digits. The result's rows are to lie beside them, so none is passed over. */
export function optionsOf(parameter: string, value: unknown): string[] {
  return cellsOf(parameter, value).flatMap((row, r) =>
    row.map((cell, c) => {
      if (typeof cell === 'number') return String(cell);
      if (typeof cell === 'string' && !isBlank(cell)) return cell;
      throw messages.notATextInEach(parameter, cell, r + 1, c + 1);
    }),
  );
}
