import type { FWorksheet } from '@univerjs/presets/preset-sheets-core';
import { addressOf, onSheet } from '../../src/workbook/address';
import type { Sheet } from '../../src/workbook/sheet';
import { type Content, contentsOf, formulasOf } from '../contents';
import { Slices } from './slices';

/** Addresses of the cells of a sheet that no longer hold what it was inserted with. */
export async function differences(worksheet: FWorksheet, sheet: Sheet): Promise<string[]> {
  const columns = worksheet.getMaxColumns();
  const cells = worksheet.getSheet().getCellMatrix();
  const changed = new Set<number>();
  const expected = new Set<number>();
  const slices = new Slices();
  for (const { row, column, data } of everything(sheet)) {
    const content = data.f ?? data.v;
    if (content !== undefined) {
      const place = row * columns + column;
      const now = cells.getValue(row, column);
      expected.add(place);
      if ((now?.f || now?.v) === content) changed.delete(place);
      else changed.add(place);
    }
    if (slices.over) await slices.pause();
  }
  const last = cells.getLength();
  for (let row = 0; row < last; row++) {
    for (const [column, cell] of Object.entries(cells.getRow(row) ?? {})) {
      const place = row * columns + Number(column);
      const holds = Boolean(cell?.f || cell?.si) || (cell?.v ?? '') !== '';
      if (holds && !expected.has(place)) changed.add(place);
      if (slices.over) await slices.pause();
    }
  }
  const name = worksheet.getSheetName();
  return [...changed]
    .sort((a, b) => a - b)
    .map((place) => onSheet(name, addressOf(Math.floor(place / columns), place % columns)));
}

function* everything(sheet: Sheet): Generator<Content> {
  yield* contentsOf(sheet);
  yield* formulasOf(sheet);
}
