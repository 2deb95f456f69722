import type { ICellData, IObjectMatrixPrimitiveType, Nullable } from '@univerjs/presets';
import {
  type FRange,
  type FWorksheet,
  type ISetRangeValuesMutationParams,
  SetRangeValuesMutation,
  SetRangeValuesUndoMutationFactory,
  SetStyleCommand,
} from '@univerjs/presets/preset-sheets-core';
import type { Changes } from '../../src/host/changes';
import type { Change } from '../../src/host/host';
import { sentences } from '../../src/host/sentences';
import { addressOf, onSheet } from '../../src/workbook/address';
import { workbookIn } from '../grid/ranges';
import { readRange } from '../grid/reading';
import type { Session } from '../session';
import { type Doing, perform } from './steps';

/** Cells to be put somewhere, rows and columns from 0. */
export type Placed = readonly { row: number; column: number; data: ICellData }[];

/** Cells as Univer stores them. */
export function cellData(cells: Placed): IObjectMatrixPrimitiveType<ICellData> {
  const data: IObjectMatrixPrimitiveType<ICellData> = {};
  for (const { row, column, data: held } of cells) {
    data[row] ??= {};
    data[row][column] = held;
  }
  return data;
}

/** Puts cells into a sheet that is there, as one step that can be undone. */
export function put(session: Session, changes: Changes, change: Change, range: FRange, cells: Placed): void {
  const sheet = sheetOf(session, range);
  const contents = () => cells.map(({ row, column }) => contentAt(sheet, row, column));
  const before = contents();
  const doing = setCells(session, range.getUnitId(), range.getSheetId(), cells);
  perform(session, changes, change, [doing], () => {
    if (!isThere(session, range.getSheetId())) return 'undone';
    const now = contents();
    if (now.every((content, index) => content === before[index])) return 'undone';
    return addressesOf(
      sheet,
      cells.filter((_, index) => now[index] !== after[index]),
    );
  });
  const after = contents();
}

/** One mutation that puts cells into a sheet, and the one that puts back what was there. */
export function setCells({ univer }: Session, unitId: string, subUnitId: string, cells: Placed): Doing {
  return () => {
    const params = { unitId, subUnitId, cellValue: cellData(cells) };
    const undo = univer
      .__getInjector()
      .invoke((accessor) => SetRangeValuesUndoMutationFactory(accessor, params));
    return {
      redo: { id: SetRangeValuesMutation.id, params },
      undo: { id: SetRangeValuesMutation.id, params: undo },
    };
  };
}

/** One mutation that gives cells number formats, and the one that gives back what they had; contents stay as they are. */
export function setFormats(session: Session, unitId: string, subUnitId: string, cells: Placed): Doing {
  const doing = setCells(session, unitId, subUnitId, cells);
  // Told so, Univer keeps what is spilled into these cells, and calculates nothing again.
  const trigger = SetStyleCommand.id;
  return () => {
    const { redo, undo } = doing();
    const before = (undo.params as ISetRangeValuesMutationParams).cellValue ?? {};
    const cellValue: IObjectMatrixPrimitiveType<Nullable<ICellData>> = {};
    for (const { row, column } of cells) {
      cellValue[row] ??= {};
      cellValue[row][column] = { s: before[row]?.[column]?.s ?? null };
    }
    return {
      redo: { ...redo, params: { ...redo.params, trigger } },
      undo: { ...undo, params: { ...undo.params, cellValue, trigger } },
    };
  };
}

/** Whether a range holds nothing: no value, no formula, no part of a spill. */
export function allEmpty({ univer }: Session, range: FRange): boolean {
  return readRange(univer, range, () => undefined).every((row) =>
    row.every(({ value, formula }) => value === null && !formula),
  );
}

/** The sheet of some cells. */
export function sheetOf({ univerAPI }: Session, range: FRange): FWorksheet {
  const sheet = workbookIn(univerAPI).getSheetBySheetId(range.getSheetId());
  if (!sheet) throw new Error(sentences.noSheet(range.getSheetName()));
  return sheet;
}

/** Whether a sheet has not been deleted. */
export const isThere = ({ univerAPI }: Session, sheetId: string) =>
  workbookIn(univerAPI).getSheetBySheetId(sheetId) !== null;

/** A cell's formula, or else its value. */
function contentAt(sheet: FWorksheet, row: number, column: number): string {
  const formula = sheet.getRange(row, column).getFormula();
  const value = sheet.getSheet().getCellRaw(row, column)?.v ?? '';
  return JSON.stringify(formula || value);
}

/** Everything that a sheet holds, by address. */
export function contentsOf(sheet: FWorksheet): Map<string, string> {
  const contents = new Map<string, string>();
  sheet
    .getSheet()
    .getCellMatrix()
    .forValue((row, column) => {
      const content = contentAt(sheet, row, column);
      if (content !== '""') contents.set(addressOf(row, column), content);
    });
  return contents;
}

function addressesOf(sheet: FWorksheet, cells: Placed): string[] {
  return cells.map(({ row, column }) => onSheet(sheet.getSheetName(), addressOf(row, column)));
}
