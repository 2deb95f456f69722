import type { ICellData, IStyleData, IWorksheetData } from '@univerjs/presets';
import type { Cell, CellStyle, CellValue, Sheet } from 'hucre';
import { type Area, area } from '../../../src/workbook/address';
import { KEPT, type Kept, type OwnSheet, type Value } from './book';
import { canCalculate, formulaFromFile, functionsIn } from './formula';
import type { LeftOut } from './left-out';
import { marksFromFile } from './marks';
import { scalesFromFile } from './scales';
import { colourFromFile, styleFromFile } from './style';
import { cellOf, serialOf } from './values';
import { heightFromFile, moved, widthFromFile } from './write-sheet';

/** Sheets cannot grow under what a formula fills, so there is room for more than a file uses. */
export const ROOM = { rows: 2000, columns: 1700 } as const;
/** In pixels, where a file says nothing: Excel's own. */
const USUAL = { width: 64, height: 20 } as const;

/** What is known of all sheets of a file while they are read. */
export interface Reading {
  /** The functions of the add-in, with their namespace, in capitals. */
  readonly ours: ReadonlySet<string>;
  /** Whether the grid can calculate a function. */
  readonly knows: (name: string) => boolean;
  readonly theme: readonly string[];
  readonly styles: Styles;
  readonly leftOut: LeftOut;
}

/** A sheet of a file for the grid. @param own what the workbench wrote of it, if it did */
export function readSheet(
  id: string,
  sheet: Sheet,
  reading: Reading,
  own: OwnSheet | undefined,
): Partial<IWorksheetData> {
  const { scales, others } = scalesFromFile(sheet.conditionalRules ?? []);
  reading.leftOut.addConditional(others);
  const { cells, rows, columns } = readCells(sheet, reading);
  const { rows: frozenRows = 0, columns: frozenColumns = 0 } = sheet.freezePane ?? {};
  const tab = colourFromFile(sheet.view?.tabColor, reading.theme);
  return {
    id,
    name: sheet.name,
    cellData: cells,
    rowCount: Math.max(own?.rows ?? ROOM.rows, rows),
    columnCount: Math.max(own?.columns ?? ROOM.columns, columns),
    defaultColumnWidth: own?.width ?? USUAL.width,
    defaultRowHeight: own?.height ?? USUAL.height,
    columnData: Object.fromEntries(
      (sheet.columns ?? []).flatMap(({ width, hidden }, column) =>
        width === undefined && !hidden
          ? []
          : [[column, { ...(width !== undefined && { w: widthFromFile(width) }), ...(hidden && { hd: 1 }) }]],
      ),
    ),
    rowData: Object.fromEntries(
      [...(sheet.rowDefs ?? [])].map(([row, { height, hidden }]) => [
        row,
        { ...(height !== undefined && { h: heightFromFile(height), ia: 0 }), ...(hidden && { hd: 1 }) },
      ]),
    ),
    mergeData: (sheet.merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({
      startRow,
      startColumn: startCol,
      endRow,
      endColumn: endCol,
    })),
    freeze: { xSplit: frozenColumns, ySplit: frozenRows, startRow: frozenRows, startColumn: frozenColumns },
    showGridlines: sheet.view?.showGridLines === false ? 0 : 1,
    ...(tab && { tabColor: tab }),
    ...((sheet.hidden || sheet.veryHidden) && { hidden: 1 }),
    custom: { colourScales: scales, ...(own?.charts && { charts: own.charts }) },
  };
}

type Cells = Record<number, Record<number, ICellData>>;

function readCells(sheet: Sheet, reading: Reading): { cells: Cells; rows: number; columns: number } {
  const cells: Cells = {};
  let [rows, columns] = [0, 0];
  const put = (row: number, column: number, data: ICellData) => {
    if (Object.keys(data).length === 0) return;
    cells[row] ??= {};
    cells[row][column] = { ...cells[row][column], ...data };
    rows = Math.max(rows, row + 1);
    columns = Math.max(columns, column + 1);
  };

  const filled = filledBy(sheet);
  const formulaOf = formulasIn(sheet);
  const take = (r: number, c: number, cell: Cell | undefined, value: CellValue) => {
    const style = cell?.style && reading.styles.nameOf(cell.style);
    // What a formula has put here, it will put here again.
    const result = filled.some((each) => within(each, r, c)) && cell?.formula === undefined;
    const content = result ? {} : contentOf(cell, formulaOf(cell, r, c), value, reading);
    const marks = cell && marksFromFile(cell);
    const custom = { ...content.custom, ...marks };
    put(r, c, {
      ...content,
      ...(style && { s: style }),
      ...(Object.keys(custom).length > 0 && { custom }),
    });
  };
  sheet.rows.forEach((row, r) => {
    row.forEach((value, c) => {
      if (value !== null && !sheet.cells?.has(`${r},${c}`)) take(r, c, undefined, value);
    });
  });
  // Among them are cells without a value, some of them beyond the last row that has one.
  for (const [key, cell] of sheet.cells ?? []) {
    const [row = 0, column = 0] = key.split(',').map(Number);
    take(row, column, cell, cell.value);
  }
  return { cells, rows, columns };
}

function contentOf(
  cell: Cell | undefined,
  stored: string | undefined,
  plain: CellValue,
  reading: Reading,
): ICellData {
  if (cell?.richText && new Set(cell.richText.map(({ font }) => JSON.stringify(font ?? {}))).size > 1) {
    reading.leftOut.addRich();
  }
  if (stored === undefined) return cellOf(valueFrom(cell?.value ?? plain));
  const formula = formulaFromFile(stored, reading.ours);
  if (canCalculate(formula, reading.knows)) return { f: formula };
  reading.leftOut.addFormula(functionsIn(formula).filter((name) => !reading.knows(name)));
  const value = valueFrom(cell?.formulaResult ?? cell?.value ?? plain);
  const kept: Kept = { formula: `=${stored}`, value };
  return { ...cellOf(value), custom: { [KEPT]: kept } };
}

/** The formula of each cell; of those that were filled down the file has the first alone, and a number. */
function formulasIn(
  sheet: Sheet,
): (cell: Cell | undefined, row: number, column: number) => string | undefined {
  const first = new Map<number, { formula: string; row: number; column: number }>();
  for (const [key, { formula, formulaType, formulaSharedIndex: index }] of sheet.cells ?? []) {
    const [row = 0, column = 0] = key.split(',').map(Number);
    if (formula && formulaType === 'shared' && index !== undefined)
      first.set(index, { formula, row, column });
  }
  return (cell, row, column) => {
    if (cell?.formula !== '') return cell?.formula;
    const from = first.get(cell.formulaSharedIndex ?? -1);
    return from && moved(from.formula, row - from.row, column - from.column);
  };
}

const valueFrom = (value: CellValue | undefined): Value =>
  value instanceof Date ? serialOf(value) : (value ?? null);

/** The ranges that array formulas fill. */
function filledBy(sheet: Sheet): Area[] {
  return [...(sheet.cells?.values() ?? [])].flatMap(({ formulaType, formulaRef }) =>
    formulaType === 'array' && formulaRef?.includes(':') ? [area(formulaRef.replaceAll('$', ''))] : [],
  );
}

const within = ({ top, left, bottom, right }: Area, row: number, column: number) =>
  row >= top && row <= bottom && column >= left && column <= right;

/** The styles of a file, each converted once and given a name; the grid's cells refer to them by it. */
export class Styles {
  /** As the grid stores them. */
  readonly named: Record<string, IStyleData> = {};
  private readonly names = new Map<string, string>();

  constructor(private readonly theme: readonly string[]) {}

  /** @returns nothing for the usual look */
  nameOf(style: CellStyle): string | undefined {
    const key = JSON.stringify(style);
    const known = this.names.get(key);
    if (known !== undefined) return known || undefined;
    const converted = styleFromFile(style, this.theme);
    const name = Object.keys(converted).length > 0 ? `style-${this.names.size + 1}` : '';
    this.names.set(key, name);
    if (name) this.named[name] = converted;
    return name || undefined;
  }
}
