/** What formulas take from Excel's runtime: an error with a code and a sentence. */
class CellError extends Error {
  constructor(
    readonly code: string,
    message = '',
  ) {
    super(message);
  }
}

const ErrorCode = { invalidValue: '#VALUE!', notAvailable: '#N/A' };

/** Stands in for Excel's runtime, which wants a whole browser around it. */
export function installRuntime(): void {
  Object.assign(globalThis, { CustomFunctions: { Error: CellError, ErrorCode } });
}

/** The error of a formula, or undefined where it is no such thing. */
export const cellError = (value: unknown): { code: string; message: string } | undefined =>
  value instanceof CellError ? { code: value.code, message: value.message } : undefined;
