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

/** The rows, and of a square table the columns, that the prompt fills: those with a label. FILTER is in Excel since 2021. */
function labelled(cells: string, { area, square }: Pick<Table, 'area' | 'square'>, sheet = ''): string {
  const { top, bottom, left, right } = area;
  const side = `${sheet}${addressOfArea({ top, bottom, left: 0, right: 0 })}`;
  const rows = `FILTER(${cells},${side}<>"")`;
  if (!square) return rows;
  return `FILTER(${rows},${sheet}${addressOfArea({ top: top - 1, bottom: top - 1, left, right })}<>"")`;
}

/**
 * The numbers of a table → [T, columns], or [T, T] of a square one.
 *
 * @param from The sheet on which the formula stands.
 */
export function numbersOf(table: Table, from: string): string {
  const sheet = table.sheet === from ? '' : onSheet(table.sheet, '');
  return labelled(`${sheet}${addressOfArea(table.area)}`, table, sheet);
}

/** The first columns of what a formula gives, which has `all` → [T, columns]. */
export const firstColumns = (formula: string, columns: number, all: number): string =>
  `FILTER(${formula},SEQUENCE(1,${all})<=${columns})`;

/**
 * A stage's formula, in whose result the numbers of the yellow cells take the place of its own. Spills are never typed
 * into that way: a cell in the way of one is an error.
 *
 * @param stage → [T, columns], without the equals sign
 * @param table Where it stands, and its yellow cells. There are more rows of them than tokens; the filter is around both.
 */
export function overwritable(stage: string, table: Pick<Table, 'area' | 'square' | 'yellow'>): string {
  // Asked of the cells themselves: what becomes of a blank cell in an array is not the same everywhere.
  const yellow = addressOfArea(table.yellow);
  return `=${labelled(`IF(ISNUMBER(${yellow}),${yellow},${stage})`, table)}`;
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
