import { cellsOf, isBlank } from './arguments';
import { messages } from './messages';

/** Reads a range of texts, row by row; a number is taken as its digits. */
export function optionsOf(parameter: string, value: unknown): string[] {
  return cellsOf(parameter, value).flatMap((row, r) =>
    row.map((cell, c) => {
      if (typeof cell === 'number') return String(cell);
      if (typeof cell === 'string' && !isBlank(cell)) return cell;
      throw messages.notAText(parameter, cell, r + 1, c + 1);
    }),
  );
}
