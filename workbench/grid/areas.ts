import type { IRange } from '@univerjs/presets';

/** Whether two ranges of one sheet have a cell in common. Whole rows and columns have no number at their open ends. */
export const meet = (a: IRange, b: IRange): boolean =>
  !(
    a.startRow > b.endRow ||
    b.startRow > a.endRow ||
    a.startColumn > b.endColumn ||
    b.startColumn > a.endColumn
  );

/** A cell as a range. */
export const oneCell = (row: number, column: number): IRange => ({
  startRow: row,
  endRow: row,
  startColumn: column,
  endColumn: column,
});

/** Whether a cell lies in a range, which may be whole rows or columns. */
export const holds = (
  { startRow, endRow, startColumn, endColumn }: IRange,
  row: number,
  column: number,
): boolean => !(row < startRow || row > endRow || column < startColumn || column > endColumn);

/** Whether a range holds all of another. */
export const contains = (range: IRange, other: IRange): boolean =>
  holds(range, other.startRow, other.startColumn) && holds(range, other.endRow, other.endColumn);

/** Whether a range is one cell. */
export const isCell = ({ startRow, endRow, startColumn, endColumn }: IRange): boolean =>
  startRow === endRow && startColumn === endColumn;
