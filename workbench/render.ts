import {
  BooleanNumber,
  BorderStyleTypes,
  HorizontalAlign,
  type ICellData,
  type IRange,
  type IStyleData,
  type IWorksheetData,
  VerticalAlign,
  WrapStrategy,
} from '@univerjs/presets';
import { type Area, area, columnNumber } from '../src/workbook/address';
import { looks, type Style } from '../src/workbook/looks';
import type { Cell, Sheet } from '../src/workbook/sheet';
import { fontStack } from './grid/fonts';
import { storedScales } from './grid/scales';

/** Sheets cannot grow under a spill, so they are made large: the widest GPT-2 has 1600 dimensions. */
const ROWS = 2000;
const COLUMNS = 1700;

/** A sheet as Univer stores it. Its looks are referred to by name: see `workbookStyles`. */
export function worksheetData(id: string, sheet: Sheet): Partial<IWorksheetData> {
  const cellData: Record<number, Record<number, ICellData>> = {};
  const put = (row: number, column: number, cell: ICellData) => {
    cellData[row] ??= {};
    cellData[row][column] = { ...cellData[row][column], ...cell };
  };

  for (const { range, look } of sheet.areas) {
    const { top, left, bottom, right } = area(range);
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) put(row, column, { s: look });
    }
  }
  for (const cell of sheet.cells) {
    const { top, left } = area(cell.at);
    put(top, left, cellContent(cell));
    if (cell.look && cell.mergedTo) {
      const { bottom, right } = area(`${cell.at}:${cell.mergedTo}`);
      for (let row = top; row <= bottom; row++) {
        for (let column = left; column <= right; column++) put(row, column, { s: cell.look });
      }
    }
  }

  const { rows, columns } = sheet.frozen;
  return {
    id,
    name: sheet.name,
    rowCount: ROWS,
    columnCount: COLUMNS,
    defaultColumnWidth: sheet.defaultWidth,
    defaultRowHeight: 24,
    cellData,
    rowData: Object.fromEntries(
      Object.entries(sheet.rowHeights).map(([row, h]) => [Number(row) - 1, { h, ia: BooleanNumber.FALSE }]),
    ),
    columnData: columnWidths(sheet),
    mergeData: sheet.cells.flatMap((cell) =>
      cell.mergedTo ? [toRange(area(`${cell.at}:${cell.mergedTo}`))] : [],
    ),
    freeze: { xSplit: columns, ySplit: rows, startRow: rows, startColumn: columns },
    showGridlines: BooleanNumber.FALSE,
    ...storedScales(sheet.scales),
  };
}

/** An empty sheet of the usual size. */
export function emptySheet(id: string, name: string): Partial<IWorksheetData> {
  return { id, name, rowCount: ROWS, columnCount: COLUMNS, defaultColumnWidth: 88, defaultRowHeight: 24 };
}

/** The looks of every sheet, by name. */
export function workbookStyles(): Record<string, IStyleData> {
  return Object.fromEntries(Object.entries(looks).map(([name, style]) => [name, styleData(style)]));
}

/** What a cell holds, and its look. */
export function cellContent({ content, look }: Pick<Cell, 'content' | 'look'>): ICellData {
  const style = look ? { s: look } : {};
  return typeof content === 'string' && content.startsWith('=')
    ? { f: content, ...style }
    : { v: content, ...style };
}

function columnWidths(sheet: Sheet): Record<number, { w: number }> {
  const widths: Record<number, { w: number }> = {};
  for (const { from, to = from, width } of sheet.columns) {
    for (let column = columnNumber(from); column <= columnNumber(to); column++) widths[column] = { w: width };
  }
  return widths;
}

function styleData(style: Style): IStyleData {
  const line = (colour: string) => ({ s: BorderStyleTypes.THIN, cl: { rgb: colour } });
  const around = style.border && line(style.border);
  return {
    ...(style.font && { ff: fontStack(style.font) }),
    fs: style.size,
    ...(style.bold && { bl: BooleanNumber.TRUE }),
    ...(style.italic && { it: BooleanNumber.TRUE }),
    cl: { rgb: style.colour },
    ...(style.fill && { bg: { rgb: style.fill } }),
    ...(around && { bd: { t: around, r: around, b: around, l: around } }),
    ...(style.rule && { bd: { b: line(style.rule) } }),
    ...(style.align && { ht: HORIZONTAL[style.align] }),
    ...(style.vertical && { vt: VERTICAL[style.vertical] }),
    ...(style.wrap && { tb: WrapStrategy.WRAP }),
    ...(style.format && { n: { pattern: style.format } }),
  };
}

const HORIZONTAL = {
  left: HorizontalAlign.LEFT,
  center: HorizontalAlign.CENTER,
  right: HorizontalAlign.RIGHT,
};
const VERTICAL = { top: VerticalAlign.TOP, middle: VerticalAlign.MIDDLE, bottom: VerticalAlign.BOTTOM };

function toRange({ top, left, bottom, right }: Area): IRange {
  return { startRow: top, startColumn: left, endRow: bottom, endColumn: right };
}
