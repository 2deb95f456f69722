import { mergeWorksheetSnapshotWithDefault } from '@univerjs/presets';
import { type FRange, InsertSheetMutation, RemoveSheetMutation } from '@univerjs/presets/preset-sheets-core';
import { extentOf, freeName, placed, placesBeside } from '../../src/host/blocks';
import type { Changes } from '../../src/host/changes';
import type { Block } from '../../src/host/host';
import { sentences } from '../../src/host/sentences';
import { addressOfArea, onSheet } from '../../src/workbook/address';
import { cellContent } from '../contents';
import { areaOf, rangeOver, spillOf, workbookIn } from '../grid/ranges';
import { addressIn } from '../grid/reading';
import { emptySheet } from '../render';
import type { Session } from '../session';
import { allEmpty, cellData, contentsOf, type Placed, put, sheetOf } from './cells';
import { selectedCell } from './selection';
import { type Doing, perform } from './steps';

/** See `SheetHost.write`. */
export function writeBlock(session: Session, changes: Changes, block: Block, sheet?: string): string {
  const size = extentOf(block);
  if (size.rows === 0) throw new Error(sentences.nothingToWrite);
  const cellsFrom = (row: number, column: number): Placed =>
    placed(block, row, column).map((cell) => ({
      row: cell.row,
      column: cell.column,
      data: cellContent(cell),
    }));
  if (sheet === undefined) {
    const range = freePlace(session, size);
    const address = addressIn(range);
    put(session, changes, { kind: 'write', address }, range, cellsFrom(range.getRow(), range.getColumn()));
    return address;
  }
  return writeOnNewSheet(session, changes, sheet, size, cellsFrom(0, 0));
}

function writeOnNewSheet(
  session: Session,
  changes: Changes,
  wish: string,
  size: { rows: number; columns: number },
  cells: Placed,
): string {
  const workbook = workbookIn(session.univerAPI);
  const unitId = workbook.getId();
  const taken = workbook.getSheets().map((sheet) => sheet.getSheetName());
  const name = freeName(wish, taken);
  const subUnitId = crypto.randomUUID();
  const address = onSheet(
    name,
    addressOfArea({ top: 0, left: 0, bottom: size.rows - 1, right: size.columns - 1 }),
  );
  const insert: Doing = () => ({
    redo: {
      id: InsertSheetMutation.id,
      params: {
        unitId,
        index: taken.length,
        // With its cells in it: Univer cannot draw changes to a sheet that it has only just been given.
        sheet: mergeWorksheetSnapshotWithDefault({
          ...emptySheet(subUnitId, name),
          cellData: cellData(cells),
        }),
      },
    },
    undo: { id: RemoveSheetMutation.id, params: { unitId, subUnitId, subUnitName: name } },
  });
  const written = new Map<string, string>();
  perform(session, changes, { kind: 'write', address }, [insert], () => {
    const sheet = workbook.getSheetBySheetId(subUnitId);
    if (!sheet) return 'undone';
    const now = contentsOf(sheet);
    const places = new Set([...written.keys(), ...now.keys()]);
    return [...places]
      .filter((place) => now.get(place) !== written.get(place))
      .map((place) => onSheet(sheet.getSheetName(), place));
  });
  const made = workbook.getSheetBySheetId(subUnitId);
  if (made) for (const [place, content] of contentsOf(made)) written.set(place, content);
  return address;
}

/** The first free place beside what is selected. */
function freePlace(session: Session, size: { rows: number; columns: number }): FRange {
  const { univer, univerAPI } = session;
  const selected = workbookIn(univerAPI).getActiveRange() ?? selectedCell(univerAPI);
  const sheet = sheetOf(session, selected);
  const around = spillOf(univer, selectedCell(univerAPI))?.area ?? areaOf(selected);
  const places = placesBeside(around, size);
  const free = places
    .filter(({ bottom, right }) => bottom < sheet.getMaxRows() && right < sheet.getMaxColumns())
    .map((place) => rangeOver(sheet, place))
    .find((range) => allEmpty(session, range));
  if (free) return free;
  const [first = '', second = ''] = places.map(addressOfArea);
  throw new Error(sentences.noRoom(size.rows, size.columns, first, second));
}
