import type { ICellData } from '@univerjs/presets';
import type { Value } from './book';

/** Univer's numbers for kinds of values; Univer itself stays out of the worker that converts. */
export const [STRING, NUMBER, BOOLEAN, FORCED_STRING] = [1, 2, 3, 4] as const;

/** The error values that .xlsx has; Univer has more. */
const ERRORS = new Set(['#NULL!', '#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#N/A']);
const OTHER_ERRORS: Readonly<Record<string, string>> = {
  '#SPILL!': '#VALUE!',
  '#CALC!': '#VALUE!',
  '#BUSY!': '#N/A',
  '#CONNECT!': '#N/A',
  '#GETTING_DATA': '#N/A',
};

/** The value of a cell of the grid. */
export function valueIn(cell: Pick<ICellData, 'v' | 't' | 'p'>): Value {
  const rich = cell.p?.body?.dataStream;
  const value = cell.v ?? (rich === undefined ? null : rich.replace(/\r?\n$/, '').replaceAll('\r', '\n'));
  if (value === null || (value === '' && !cell.t)) return null;
  if (cell.t === BOOLEAN) return typeof value === 'string' ? /^(true|1)$/i.test(value) : Boolean(value);
  if (cell.t === STRING || cell.t === FORCED_STRING) return String(value);
  if (cell.t === NUMBER) return Number.isFinite(Number(value)) ? Number(value) : String(value);
  return value;
}

/** A value for a cell of the grid. A text that looks like a number stays a text. */
export function cellOf(value: Value): Pick<ICellData, 'v' | 't'> {
  if (value === null) return {};
  if (typeof value === 'number') return { v: value, t: NUMBER };
  if (typeof value === 'boolean') return { v: Number(value), t: BOOLEAN };
  return { v: value, t: value.trim() !== '' && Number.isFinite(Number(value)) ? FORCED_STRING : STRING };
}

/** The error value of the format that a value is, or stands nearest to. */
export const errorOf = (value: unknown): string | undefined =>
  typeof value !== 'string' ? undefined : ERRORS.has(value) ? value : OTHER_ERRORS[value];

const MS_PER_DAY = 86_400_000;
/** Excel counts a 29 February 1900, which there was not. */
const FIRST_AFTER = 60;

/** A date as the number of days that spreadsheets count. */
export function serialOf(date: Date): number {
  const days = (date.getTime() - Date.UTC(1899, 11, 31)) / MS_PER_DAY;
  return days < FIRST_AFTER ? days : days + 1;
}
