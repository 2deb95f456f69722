import { type Area, addressOf, sizeOf } from '../../workbook/address';
import { looks, type Style } from '../../workbook/looks';
import type { PlacedCell } from '../blocks';
import type { Step } from '../changes';
import type { Change } from '../host';
import { rangeAt } from './ranges';
import { run } from './run';

/** The part of a look that can be put back as it was: Excel gives white for cells without a fill. */
const REVERSIBLE: Excel.CellPropertiesLoadOptions = {
  format: {
    font: { name: true, size: true, bold: true, italic: true, color: true },
    horizontalAlignment: true,
    verticalAlignment: true,
  },
};

/** The cells of an area of a sheet. */
export const rangeOver = (sheet: Excel.Worksheet, within: Area): Excel.Range =>
  sheet.getRangeByIndexes(within.top, within.left, sizeOf(within).rows, sizeOf(within).columns);

/** Whether cells hold nothing: no value, no formula, no part of a spill. The range must be synced after this. */
export function emptiness(range: Excel.Range): () => boolean {
  range.load(['formulas', 'values']);
  return () => [...range.formulas, ...range.values].every((row) => row.every((content) => content === ''));
}

/** Has Excel put cells into a sheet at the next sync. @param whole with fills and borders, which cannot be taken back */
export function putCells(sheet: Excel.Worksheet, cells: readonly PlacedCell[], whole: boolean): void {
  for (const { row, column, content, look } of cells) {
    const cell = sheet.getCell(row, column);
    const isFormula = typeof content === 'string' && content.startsWith('=');
    // With an apostrophe before it a text stays a text, also when it looks like a number or a date.
    cell.formulas = [[typeof content === 'string' && !isFormula ? `'${content}` : content]];
    if (look) dress(cell, looks[look], whole);
  }
}

/**
 * Gives cells a look.
 *
 * @param whole with fills and borders, which cannot be taken back
 * @param size of the range, for Excel takes number formats by rows
 */
export function dress(
  range: Excel.Range,
  style: Style,
  whole: boolean,
  { rows, columns }: ReturnType<typeof sizeOf> = { rows: 1, columns: 1 },
): void {
  const { format } = range;
  if (style.font) format.font.name = style.font;
  format.font.size = style.size;
  format.font.color = style.colour;
  if (style.bold) format.font.bold = true;
  if (style.italic) format.font.italic = true;
  if (style.align) format.horizontalAlignment = ALIGN[style.align];
  if (style.vertical) format.verticalAlignment = VERTICAL[style.vertical];
  if (style.wrap) format.wrapText = true;
  if (style.format)
    range.numberFormat = Array.from({ length: rows }, () => Array(columns).fill(style.format));
  if (!whole) return;
  if (style.fill) format.fill.color = style.fill;
  const under = style.border ?? style.rule;
  for (const edge of EDGES) {
    const colour = edge === 'EdgeBottom' ? under : style.border;
    if (colour) format.borders.getItem(edge).color = colour;
  }
  if (rows > 1 && under) format.borders.getItem('InsideHorizontal').color = under;
  if (columns > 1 && style.border) format.borders.getItem('InsideVertical').color = style.border;
}

const EDGES = ['EdgeTop', 'EdgeRight', 'EdgeBottom', 'EdgeLeft'] as const;
const ALIGN = { left: 'Left', center: 'Center', right: 'Right' } as const;
const VERTICAL = { top: 'Top', middle: 'Center', bottom: 'Bottom' } as const;

/** Puts cells into empty cells of a sheet that is there, and remembers how to take that back. */
export async function placeCells(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  within: Area,
  cells: readonly PlacedCell[],
  change: Change,
): Promise<Step> {
  const range = rangeOver(sheet, within);
  range.load('numberFormat');
  const properties = range.getCellProperties(REVERSIBLE);
  await context.sync();
  const { numberFormat } = range;
  putCells(sheet, cells, false);
  const contents = await contentsOf(context, range);

  const places = cells.map(({ row, column }) => ({ row: row - within.top, column: column - within.left }));
  return {
    ...change,
    since: () =>
      run(async (again) => {
        const now = await contentsOf(again, await rangeAt(again, change.address));
        if (places.every(({ row, column }) => now[row]?.[column] === '')) return 'undone';
        return places
          .filter(({ row, column }) => now[row]?.[column] !== contents[row]?.[column])
          .map(({ row, column }) => addressIn(change.address, within.top + row, within.left + column));
      }),
    undo: () =>
      run(async (again) => {
        const there = await rangeAt(again, change.address);
        // Cell by cell: what somebody has put between them stays.
        for (const { row, column } of places) there.getCell(row, column).clear('Contents');
        there.numberFormat = numberFormat;
        there.setCellProperties(properties.value as Excel.SettableCellProperties[][]);
        await again.sync();
      }),
  };
}

/** The formulas, or else the values, in a range. */
export async function contentsOf(context: Excel.RequestContext, range: Excel.Range): Promise<unknown[][]> {
  range.load('formulas');
  await context.sync();
  return range.formulas;
}

/** The address of a cell on the sheet of another address. */
export function addressIn(near: string, row: number, column: number): string {
  return `${near.slice(0, near.lastIndexOf('!') + 1)}${addressOf(row, column)}`;
}
