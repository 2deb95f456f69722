import type { FWorksheet } from '@univerjs/presets/preset-sheets-core';

/** So many rows and columns before a cell stay in view with it: its labels are most likely there. */
const BEFORE = { rows: 8, columns: 3 };

/** Scrolls to a cell, and no farther than it takes: Univer alone would bring it into the corner, away from its labels. */
export function showCell(sheet: FWorksheet, row: number, column: number): void {
  const seen = sheet.getVisibleRange();
  // What is at the end of the visible range may be cut.
  const rowSeen = seen && row >= seen.startRow && row < seen.endRow;
  const columnSeen = seen && column >= seen.startColumn && column < seen.endColumn;
  if (rowSeen && columnSeen) return;
  sheet.scrollToCell(
    rowSeen ? seen.startRow : Math.max(0, row - BEFORE.rows),
    columnSeen ? seen.startColumn : Math.max(0, column - BEFORE.columns),
  );
}
