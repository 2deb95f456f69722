import { type CellError, type CellValue, isError } from './values';

/** What a formula shows: one value, or rows that spill. */
export type Result = CellValue | readonly (readonly CellValue[])[];

/** Excel's longest text in a cell. */
const LONGEST_TEXT = 32_767;

/**
 * Reads what a function returned, as it arrives from the runtime (as JSON), the way Excel does: `null` shows as 0,
 * error values inside a matrix keep their place, rich values show their plain part.
 */
export function readResult(value: unknown): Result {
  if (!Array.isArray(value)) return readCell(value);
  const rows = value as unknown[];
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  if (width === 0 || !rows.every((row) => Array.isArray(row) && row.length === width)) {
    return failure('The function returned rows of different lengths, or none.');
  }
  const cells = (rows as unknown[][]).map((row) => row.map(readCell));
  return cells.length === 1 && width === 1 ? (cells[0]?.[0] ?? 0) : cells;
}

/** The error that a result is, if it is one. */
export function errorOf(result: Result | undefined): CellError | undefined {
  return isError(result) ? result : undefined;
}

function readCell(value: unknown): CellValue {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    return value.length <= LONGEST_TEXT
      ? value
      : failure(`The text is longer than ${LONGEST_TEXT} characters.`);
  }
  const { basicType, basicValue, type, text, message } = value as RichValue;
  if (type === 'Entity') return text ?? '';
  if (basicType === 'Error') return { error: `${basicValue}`, ...(message && { message }) };
  return basicValue ?? failure('The function returned something that no cell can hold.');
}

/** The classes of the runtime (errors, formatted numbers, entities), as they are written to JSON. */
interface RichValue {
  type?: string;
  basicType?: string;
  basicValue?: string | number | boolean;
  text?: string;
  message?: string;
}

const failure = (message: string): CellError => ({ error: '#VALUE!', message });
