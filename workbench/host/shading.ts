import type { Changes } from '../../src/host/changes';
import type { Shading } from '../../src/host/host';
import { sentences } from '../../src/host/sentences';
import { addressOf, addressOfArea, onSheet } from '../../src/workbook/address';
import { formatOfShaded, shadeOf } from '../../src/workbook/shades';
import { areaOf, rangeAt } from '../grid/ranges';
import { addressIn, readRange } from '../grid/reading';
import { SetColourScalesMutation, scalesOf } from '../grid/scales';
import type { Session } from '../session';
import { isThere, type Placed, setFormats, sheetOf } from './cells';
import { type Doing, perform } from './steps';

/** See `SheetHost.shade`. */
export function shadeRange(session: Session, changes: Changes, given: string, shading: Shading): string {
  const { univer, univerAPI } = session;
  const range = rangeAt(univer, univerAPI, given);
  const address = addressIn(range);
  const values = readRange(univer, range, () => undefined).map((row) => row.map(({ value }) => value));
  if (!values.flat().some((value) => typeof value === 'number'))
    throw new Error(sentences.noNumbers(address));

  const sheet = sheetOf(session, range);
  const [unitId, subUnitId] = [range.getUnitId(), range.getSheetId()];
  const before = scalesOf(sheet.getSheet());
  const scale = shadeOf(addressOfArea(areaOf(range)), shading);
  const scales: Doing = () => ({
    redo: { id: SetColourScalesMutation.id, params: { unitId, subUnitId, scales: [scale, ...before] } },
    undo: { id: SetColourScalesMutation.id, params: { unitId, subUnitId, scales: before } },
  });
  const pattern = formatOfShaded(values);
  const { top, left } = areaOf(range);
  const formatted: Placed = pattern
    ? values.flatMap((row, r) =>
        row.map((_, c) => ({ row: top + r, column: left + c, data: { s: { n: { pattern } } } })),
      )
    : [];
  const formats = pattern ? [setFormats(session, unitId, subUnitId, formatted)] : [];

  perform(session, changes, { kind: 'shade', address }, [scales, ...formats], () => {
    if (!isThere(session, subUnitId)) return 'undone';
    const now = scalesOf(sheet.getSheet());
    if (now.length === before.length) return 'undone';
    return formatted
      .filter(({ row, column }) => sheet.getRange(row, column).getNumberFormat() !== pattern)
      .map(({ row, column }) => onSheet(sheet.getSheetName(), addressOf(row, column)));
  });
  return address;
}
