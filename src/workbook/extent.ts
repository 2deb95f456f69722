import { area, type sizeOf } from './address';
import type { Sheet } from './sheet';

/** How many rows and columns a sheet takes up from A1, with what its formulas may spill. */
export function extentOf(sheet: Sheet): ReturnType<typeof sizeOf> {
  const extent = { rows: 0, columns: 0 };
  const reach = (range: string) => {
    const { bottom, right } = area(range);
    extent.rows = Math.max(extent.rows, bottom + 1);
    extent.columns = Math.max(extent.columns, right + 1);
  };
  for (const { at, mergedTo = at, spillsTo = at, fills = at } of sheet.cells) {
    for (const end of [mergedTo, spillsTo, fills]) reach(`${at}:${end}`);
  }
  for (const { range } of [...sheet.areas, ...sheet.scales]) reach(range);
  for (const { at } of sheet.charts ?? []) reach(at);
  for (const { at, columns, values } of sheet.numbers ?? []) {
    const { top, left } = area(at);
    extent.rows = Math.max(extent.rows, top + Math.ceil(values.length / columns));
    extent.columns = Math.max(extent.columns, left + columns);
  }
  return extent;
}
