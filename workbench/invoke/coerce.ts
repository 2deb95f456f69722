import type { CellError, CellValue } from './values';

type Plain = Exclude<CellValue, CellError>;

/**
 * Converts one cell to a declared type, as Excel does before it calls a custom function.
 *
 * A blank cell is 0, FALSE or "" by type; as `any` it is "". (Excel sends 0 or "" there, depending on the platform.)
 *
 * @returns The value, or `undefined` where Excel shows #VALUE! without calling.
 */
export function coerce(value: Plain, type: string): Exclude<Plain, null> | undefined {
  switch (type) {
    case 'number':
      return toNumber(value);
    case 'string':
      return toText(value);
    case 'boolean':
      return toBoolean(value);
    default:
      return value ?? '';
  }
}

function toNumber(value: Plain): number | undefined {
  if (value === null) return 0;
  if (typeof value !== 'string') return Number(value);
  const text = value.trim();
  const number = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  return text !== '' && Number.isFinite(number) ? number : undefined;
}

function toText(value: Plain): string {
  if (value === null) return '';
  return typeof value === 'boolean' ? String(value).toUpperCase() : String(value);
}

function toBoolean(value: Plain): boolean | undefined {
  if (typeof value !== 'string') return Boolean(value);
  const text = value.trim().toUpperCase();
  return text === 'TRUE' || text === 'FALSE' ? text === 'TRUE' : undefined;
}
