import { NAMESPACE } from '../namespace';
import { addressOfArea, onSheet } from '../workbook/address';
import type { Table } from './table';

/** Where every sheet has the number of the prompt's tokens. */
export const COUNT = '$A$2';

/** A call of one of the add-in's formulas, without the equals sign. */
export const call = (name: string, ...args: readonly (string | number)[]): string =>
  `${NAMESPACE}.${name}(${args.join(',')})`;

/** A part of a parameter [rows, columns], from `row` and `column` on. */
export const weight = (name: string, row: number, column: number, rows: number, columns: number): string =>
  call('WEIGHT', `"${name}"`, row, column, rows, columns);

/**
 * The numbers of a table → [T, columns], or [T, T] of a square one: its rows that the prompt fills.
 *
 * @param from The sheet on which the formula stands.
 */
export function numbersOf({ sheet, area, square }: Table, from: string): string {
  const address = addressOfArea(area);
  return take(sheet === from ? address : onSheet(sheet, address), square);
}

const take = (range: string, square: boolean) => `TAKE(${range},${COUNT}${square ? `,${COUNT}` : ''})`;

/**
 * A stage's formula, in whose result the numbers of the yellow cells take the place of its own. Spills are never typed
 * into that way: a cell in the way of one is an error.
 *
 * @param stage → [T, columns], without the equals sign
 * @param yellow The address of the cells to be typed into; they may be fewer columns than the stage has.
 */
export function overwritable(
  stage: string,
  yellow: string,
  { square, columns, narrow }: { square: boolean; columns: number; narrow: boolean },
): string {
  // Asked of the cells themselves: what becomes of a blank cell in an array is not the same everywhere.
  const typed = take(`ISNUMBER(${yellow})`, square);
  const numbers = take(yellow, square);
  if (!narrow) return `=IF(${typed},${numbers},${stage})`;
  const wide = (range: string, rest: string) => `EXPAND(${range},${COUNT},${columns},${rest})`;
  return `=IF(${wide(typed, 'FALSE')},${wide(numbers, '0')},${stage})`;
}
