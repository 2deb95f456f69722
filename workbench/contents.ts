import { CellValueType, type ICellData } from '@univerjs/presets';
import { shortest } from '../src/decimals';
import { type Area, area } from '../src/workbook/address';
import type { Cell, Look, Sheet } from '../src/workbook/sheet';
import { marksOf } from './grid/marks';

/** A cell as Univer stores it, rows and columns from 0. */
export interface Content {
  row: number;
  column: number;
  data: ICellData;
}

/**
 * What the cells of a sheet hold, without formulas: looks of areas, blocks of numbers, and the cells themselves. A
 * later one is put over an earlier one.
 */
export function* contentsOf(sheet: Sheet): Generator<Content> {
  for (const { range, look } of sheet.areas) yield* looking(area(range), look);
  for (const { at, columns, values, look } of sheet.numbers ?? []) {
    const { top, left } = area(at);
    const style = look ? { s: look } : {};
    for (const [index, value] of values.entries()) {
      const data = { v: shortest(value), t: CellValueType.NUMBER, ...style };
      yield { row: top + Math.floor(index / columns), column: left + (index % columns), data };
    }
  }
  for (const cell of sheet.cells) {
    const { top: row, left: column } = area(cell.at);
    if (cell.look && cell.mergedTo) yield* looking(area(`${cell.at}:${cell.mergedTo}`), cell.look);
    if (!isFormula(cell)) yield { row, column, data: cellContent(cell) };
  }
}

/** The cells of a sheet that hold formulas. */
export function formulasOf(sheet: Sheet): Content[] {
  return sheet.cells.filter(isFormula).map((cell) => {
    const { top: row, left: column } = area(cell.at);
    return { row, column, data: cellContent(cell) };
  });
}

/** Of how many steps `contentsOf` and `formulasOf` consist, nearly. */
export function countOf({ areas, numbers = [], cells }: Sheet): number {
  const ofAreas = areas.map(({ range }) => {
    const { top, left, bottom, right } = area(range);
    return (bottom - top + 1) * (right - left + 1);
  });
  return [...ofAreas, ...numbers.map(({ values }) => values.length), cells.length].reduce((a, b) => a + b, 0);
}

/** What a cell holds, its look, its note and its link. */
export function cellContent(cell: Pick<Cell, 'content' | 'look' | 'note' | 'link'>): ICellData {
  const { content, look } = cell;
  const rest = { ...(look && { s: look }), ...marksOf(cell) };
  if (isFormula(cell)) return { f: String(content), ...rest };
  // Otherwise a text that looks like a number would become one.
  return {
    v: content,
    t: typeof content === 'string' ? CellValueType.STRING : CellValueType.NUMBER,
    ...rest,
  };
}

const isFormula = ({ content }: Pick<Cell, 'content'>): boolean =>
  typeof content === 'string' && content.startsWith('=');

function* looking({ top, left, bottom, right }: Area, look: Look): Generator<Content> {
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) yield { row, column, data: { s: look } };
  }
}
