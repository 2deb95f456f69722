import { ACTIVATIONS, type ActivationName } from '../gpt2/activations';
import { NAMESPACE } from '../namespace';
import { type Area, addressOfArea, onSheet } from '../workbook/address';
import type { Table } from './table';

/** Where every sheet has the number of the prompt's tokens. */
export const COUNT = '$A$2';

/** A call of one of the add-in's formulas, without the equals sign. */
export const call = (name: string, ...args: readonly (string | number)[]): string =>
  `${NAMESPACE}.${name}(${args.join(',')})`;

/** What a stage is asked for: cells or a name for them, and which block and head. */
export interface Asked {
  readonly input: string;
  readonly layer?: number | undefined;
  readonly head?: number | string | undefined;
}

/** The formula that shows an activation, as the table of activations has it, with what it is asked for in it. */
export const stageOf = (name: ActivationName, asked: Asked): string =>
  `${NAMESPACE}.${ACTIVATIONS[name].formula.replace(/\b(?:input|layer|head)\b/g, (word) => String(asked[word as keyof Asked]))}`;

/** The same as it stands in a cell, where nobody wants spaces. */
export const cellsForm = (name: ActivationName, asked: Asked): string =>
  stageOf(name, asked).replaceAll(', ', ',');

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

/** The first columns of what a formula gives → [T, columns]. */
export const rowsOf = (formula: string, columns: number): string => `TAKE(${formula},${COUNT},${columns})`;

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

/**
 * A stage as the model computes it, as long as nobody has overwritten a number that lies between what the model takes
 * and this stage; else what follows from the cells before it.
 *
 * @param count The address of the cell that counts such numbers.
 */
export const unlessOverwritten = (count: string, stage: string, fromCells: string): string =>
  `IF(${count}=0,${stage},${fromCells})`;

/** How many numbers are typed into the yellow cells of tables; those side by side are one range. */
export function typedInto(tables: readonly Table[]): string {
  const bands = new Map<number, Area>();
  for (const { yellow } of tables) {
    const band = bands.get(yellow.top) ?? yellow;
    const [left, right] = [Math.min(band.left, yellow.left), Math.max(band.right, yellow.right)];
    bands.set(yellow.top, { ...band, left, right });
  }
  return `COUNT(${[...bands.values()].map(addressOfArea).join(',')})`;
}
