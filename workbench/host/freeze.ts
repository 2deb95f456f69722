import { CellValueType } from '@univerjs/presets';
import type { Changes } from '../../src/host/changes';
import { sentences } from '../../src/host/sentences';
import { areaOf, rangeAt, rangeOver, spillOf } from '../grid/ranges';
import { addressIn, readRange } from '../grid/reading';
import type { Session } from '../session';
import { put, sheetOf } from './cells';

/** Takes the formula and the text of many styles out of a cell, so that the value alone remains. */
const VALUE_ALONE = { f: null, si: null, p: null } as const;

/** See `SheetHost.freeze`. */
export function freezeFormula(session: Session, changes: Changes, address: string): string {
  const first = rangeAt(session.univer, session.univerAPI, address);
  const cell = sheetOf(session, first).getRange(first.getRow(), first.getColumn());
  const area = spillOf(session.univer, cell)?.area ?? areaOf(cell);
  const range = rangeOver(sheetOf(session, cell), area);
  const readings = readRange(session.univer, range, session.messageOf);
  const anchor = readings[0]?.[0];
  if (!anchor?.formula) throw new Error(sentences.noFormula(addressIn(range)));
  if (anchor.error) throw new Error(sentences.notYet(addressIn(range), anchor.error));
  const cells = readings.flatMap((row, r) =>
    row.map(({ value }, c) => ({
      row: area.top + r,
      column: area.left + c,
      data: { ...VALUE_ALONE, v: typeof value === 'boolean' ? Number(value) : value, t: typeOf(value) },
    })),
  );
  put(session, changes, { kind: 'freeze', address: addressIn(range) }, range, cells);
  return addressIn(range);
}

function typeOf(value: string | number | boolean | null): CellValueType | null {
  if (typeof value === 'string') return CellValueType.STRING;
  if (typeof value === 'number') return CellValueType.NUMBER;
  return typeof value === 'boolean' ? CellValueType.BOOLEAN : null;
}
