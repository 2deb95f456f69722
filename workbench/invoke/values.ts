/** What a cell shows while its function is at work. */
export const BUSY = '#BUSY!';

/** An error value, as a cell holds it: its code, and what it says where it arose. */
export interface CellError {
  error: string;
  message?: string;
}

/** What a cell can hold. `null`: nothing. */
export type CellValue = number | string | boolean | null | CellError;

/** One argument of a formula, before its function's declaration is looked at. `omitted`: nothing between two commas. */
export type Argument =
  | { omitted: true }
  | { scalar: CellValue }
  | { rows: readonly (readonly CellValue[])[] };

export function isError(value: unknown): value is CellError {
  return typeof value === 'object' && value !== null && 'error' in value;
}
