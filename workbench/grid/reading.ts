import {
  CellValueType,
  type FUniver,
  type ICellData,
  type IObjectMatrixPrimitiveType,
  type Nullable,
  type Univer,
} from '@univerjs/presets';
import {
  ERROR_TYPE_SET,
  type ErrorType,
  FormulaDataModel,
  type FRange,
} from '@univerjs/presets/preset-sheets-core';
import { addressOfArea, onSheet } from '../../src/workbook/address';
import type { CellLook, CellReading } from '../window';
import { workbookIn } from './ranges';

/** Finds what a function says about the error in a cell. */
export type MessageOf = (sheet: string, row: number, column: number) => string | undefined;

/** Reads every cell of a range, those that a formula spills into too. */
export function readRange(univer: Univer, range: FRange, messageOf: MessageOf): CellReading[][] {
  const texts = range.getDisplayValues();
  const formulas = range.getFormulas();
  return readValues(univer, range).map((row, r) =>
    row.map((value, c) => {
      const place = [range.getSheetId(), range.getRow() + r, range.getColumn() + c] as const;
      const text = texts[r]?.[c] ?? '';
      const formula = formulas[r]?.[c];
      const error = typeof value === 'string' && ERROR_TYPE_SET.has(value as ErrorType) ? value : undefined;
      const message = error && messageOf(...place);
      return {
        value,
        text: typeof value === 'boolean' ? String(value).toUpperCase() : text,
        ...(formula && { formula }),
        ...(error && { error }),
        ...(message && { message }),
      };
    }),
  );
}

/** The values of a range, those that a formula spills into it too. */
export function readValues(univer: Univer, range: FRange): CellReading['value'][][] {
  const spilled = spillsOf(univer, range);
  return range
    .getCellDatas()
    .map((row, r) =>
      row.map(
        (cell, c) => contentOf(cell) ?? contentOf(spilled?.[range.getRow() + r]?.[range.getColumn() + c]),
      ),
    );
}

/** How the grid draws a cell, as far as colour scales have to do with it. */
export function lookOf(univerAPI: FUniver, cell: FRange): CellLook {
  const workbook = workbookIn(univerAPI).getWorkbook();
  const drawn = workbook.getSheetBySheetId(cell.getSheetId())?.getCell(cell.getRow(), cell.getColumn());
  const style = workbook.getStyles().getStyleByCell(drawn);
  const fill = style?.bg?.rgb;
  const format = style?.n?.pattern;
  return { ...(fill && { fill }), ...(format && { format }) };
}

/** Whether the first cell of a range holds nothing: no value, no formula, no part of a spill. */
export function isEmpty(univer: Univer, cell: FRange): boolean {
  return !cell.getFormula() && readValues(univer, cell)[0]?.[0] === null;
}

/** The address of a range with its sheet: `Tour!B4`, or `'My sheet'!B4:C5`. */
export function addressIn(range: FRange): string {
  const { startRow, startColumn, endRow, endColumn } = range.getRange();
  const cells = addressOfArea({ top: startRow, left: startColumn, bottom: endRow, right: endColumn });
  return onSheet(range.getSheetName(), cells);
}

/** Cells of a sheet that hold nothing of their own but show part of another cell's result, by row and column. */
function spillsOf(univer: Univer, range: FRange): Nullable<IObjectMatrixPrimitiveType<Nullable<ICellData>>> {
  const spilled = univer.__getInjector().get(FormulaDataModel).getArrayFormulaCellData();
  return spilled[range.getUnitId()]?.[range.getSheetId()];
}

function contentOf(cell: Nullable<ICellData>): CellReading['value'] {
  const value = cell?.v ?? null;
  // Univer stores a cell that was cleared as an empty text without a type.
  if (value === '' && !cell?.t) return null;
  return cell?.t === CellValueType.BOOLEAN ? Boolean(value) : value;
}
