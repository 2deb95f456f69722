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
import { extentOf } from '../src/workbook/extent';
import { looks, type Style } from '../src/workbook/looks';
import type { Sheet } from '../src/workbook/sheet';
import { contentsOf, formulasOf } from './contents';
import { storedCharts } from './grid/charts';
import { storedScales } from './grid/scales';

/** Sheets cannot grow under a spill, so they are made large: the widest GPT-2 has 1600 dimensions. */
const ROWS = 2000;
const COLUMNS = 1700;
/** Rows and columns that a larger sheet has beyond what it holds. */
const MARGIN = 20;

/** A sheet as Univer stores it. Its looks are referred to by name: see `workbookStyles`. */
export function worksheetData(id: string, sheet: Sheet): Partial<IWorksheetData> {
  const cellData: Record<number, Record<number, ICellData>> = {};
  for (const { row, column, data } of [...contentsOf(sheet), ...formulasOf(sheet)]) {
    cellData[row] ??= {};
    cellData[row][column] = { ...cellData[row][column], ...data };
  }
  return { ...frameOf(id, sheet), cellData };
}

/** The same without what its cells hold: sizes, merged cells, what stays in view, colour scales, charts. */
export function frameOf(id: string, sheet: Sheet): Partial<IWorksheetData> {
  const { rows, columns } = sheet.frozen;
  const extent = extentOf(sheet);
  return {
    id,
    name: sheet.name,
    ...(sheet.tab && { tabColor: sheet.tab }),
    rowCount: Math.max(ROWS, extent.rows + MARGIN),
    columnCount: Math.max(COLUMNS, extent.columns + MARGIN),
    defaultColumnWidth: sheet.defaultWidth,
    defaultRowHeight: 24,
    rowData: Object.fromEntries(
      Object.entries(sheet.rowHeights).map(([row, h]) => [Number(row) - 1, { h, ia: BooleanNumber.FALSE }]),
    ),
    columnData: columnWidths(sheet),
    mergeData: sheet.cells.flatMap((cell) =>
      cell.mergedTo ? [toRange(area(`${cell.at}:${cell.mergedTo}`))] : [],
    ),
    freeze: { xSplit: columns, ySplit: rows, startRow: rows, startColumn: columns },
    showGridlines: BooleanNumber.FALSE,
    custom: { ...storedScales(sheet.scales), ...storedCharts(sheet.charts ?? []) },
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

/** The fonts of Windows, and what stands in for them elsewhere. */
function fontStack(font: string): string {
  return font === 'Consolas' ? `Consolas, Menlo, monospace` : `"${font}", system-ui, sans-serif`;
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
