import type { FUniver } from '@univerjs/presets';
import { addressOf, onSheet } from '../../src/workbook/address';
import { type Marks, readMarks } from '../grid/marks';

/** A cell with what it is marked with. */
export interface Marked extends Marks {
  /** Such as `Tour!B4`. */
  readonly address: string;
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
}

/** The note and the link of a cell of the sheet that is shown, or of the merged cell around it; nothing if it has neither. */
export function markedAt(univerAPI: FUniver, row: number, column: number): Marked | undefined {
  const worksheet = univerAPI.getActiveWorkbook()?.getActiveSheet();
  if (!worksheet) return undefined;
  const sheet = worksheet.getSheet();
  const merged = sheet.getMergedCell(row, column);
  const place = { row: merged?.startRow ?? row, column: merged?.startColumn ?? column };
  const marks = readMarks(sheet.getCellRaw(place.row, place.column));
  if (!marks.note && !marks.link) return undefined;
  const address = onSheet(worksheet.getSheetName(), addressOf(place.row, place.column));
  return { ...marks, ...place, address, sheet: worksheet.getSheetId() };
}

/** The same of the selected cell. */
export function markedNow(univerAPI: FUniver): Marked | undefined {
  const cell = univerAPI.getActiveWorkbook()?.getActiveCell();
  return cell ? markedAt(univerAPI, cell.getRow(), cell.getColumn()) : undefined;
}
