import { CellValueType } from '@univerjs/presets';
import type { Changes } from '../../src/host/changes';
import { sentences } from '../../src/host/sentences';
import { sizeOf } from '../../src/workbook/address';
import type { Look } from '../../src/workbook/sheet';
import { areaOf, rangeAt, rangeOver } from '../grid/ranges';
import { addressIn } from '../grid/reading';
import type { Session } from '../session';
import { allEmpty, put, sheetOf } from './cells';

/** See `SheetHost.labelRows`. */
export function labelRange(
  session: Session,
  changes: Changes,
  address: string,
  labels: readonly string[],
): string {
  const range = rangeAt(session.univer, session.univerAPI, address);
  const { top, left, bottom } = areaOf(range);
  const { rows } = sizeOf(areaOf(range));
  if (left === 0) throw new Error(sentences.noColumnLeft(addressIn(range)));
  if (labels.length > rows) throw new Error(sentences.tooManyLabels(labels.length, addressIn(range), rows));
  const column = left - 1;
  const place = rangeOver(sheetOf(session, range), { top, left: column, bottom, right: column });
  if (!allEmpty(session, place)) throw new Error(sentences.labelsInTheWay(addressIn(place)));
  const look: Look = 'token';
  const cells = labels.map((label, index) => ({
    row: top + index,
    column,
    data: { v: label, t: CellValueType.STRING, s: look },
  }));
  const labelled = addressIn(
    rangeOver(sheetOf(session, range), { top, left: column, bottom: top + labels.length - 1, right: column }),
  );
  put(session, changes, { kind: 'labelRows', address: labelled }, place, cells);
  return labelled;
}
