import type { FWorksheet } from '@univerjs/presets/preset-sheets-core';
import type { Content } from '../contents';
import { Slices } from './slices';

/**
 * Puts contents into the cells of a sheet that is not shown, some at a time. They go past Univer's commands, which take
 * ten times as long and are meant for changes that can be taken back: this sheet is taken back as a whole.
 *
 * @param onPause Told after each pause how many cells have been put in. What it throws ends the filling.
 */
export async function fill(
  sheet: FWorksheet,
  contents: Iterable<Content>,
  onPause: (count: number) => void,
): Promise<void> {
  const slices = new Slices();
  let count = 0;
  for (const content of contents) {
    putInto(sheet, content);
    count++;
    if (!slices.over) continue;
    await slices.pause();
    onPause(count);
  }
  await slices.pause();
  onPause(count);
}

/** Puts something into a cell, over what is there. */
export function putInto(sheet: FWorksheet, { row, column, data }: Content): void {
  const cells = sheet.getSheet().getCellMatrix();
  const before = cells.getValue(row, column);
  cells.setValue(row, column, before ? { ...before, ...data } : data);
}
