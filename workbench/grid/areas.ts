import type { IRange } from '@univerjs/presets';

/** Whether two ranges of one sheet have a cell in common. */
export const meet = (a: IRange, b: IRange): boolean =>
  a.startRow <= b.endRow &&
  b.startRow <= a.endRow &&
  a.startColumn <= b.endColumn &&
  b.startColumn <= a.endColumn;

/** Whether a cell lies in a range. */
export const holds = (
  { startRow, endRow, startColumn, endColumn }: IRange,
  row: number,
  column: number,
): boolean => row >= startRow && row <= endRow && column >= startColumn && column <= endColumn;
