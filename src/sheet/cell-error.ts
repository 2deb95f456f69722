/** What a cell can show besides a value, where a message goes with it. */
export type CellErrorCode = '#VALUE!' | '#N/A';

/** An error for a cell: what Excel shows, and the sentence that explains it. */
export class CellError extends Error {
  override name = 'CellError';

  constructor(
    readonly code: CellErrorCode,
    message: string,
  ) {
    super(message);
  }
}
