import { partsOf } from '../../workbook/address';
import type { CellValue } from '../host';
import { sentences } from '../sentences';
import { need } from './run';

/** More cells than this are more than Excel hands over at once. */
const MOST_CELLS = 250_000;

const ADDRESS = /^[A-Z]{1,3}\d{1,7}(:[A-Z]{1,3}\d{1,7})?$/i;
/** Whole columns and rows. */
const STRIP = /^([A-Z]{1,3}:[A-Z]{1,3}|\d{1,7}:\d{1,7})$/i;

/** The cells at an address, at a name, or, with `#`, all that a formula fills. */
export async function rangeAt(context: Excel.RequestContext, address: string): Promise<Excel.Range> {
  const { sheet: name, cells, spill } = partsOf(address);
  if (!ADDRESS.test(cells) && !STRIP.test(cells)) return rangeNamed(context, address);
  const { worksheets } = context.workbook;
  const sheet = name ? worksheets.getItemOrNullObject(name) : worksheets.getActiveWorksheet();
  if (name) {
    await context.sync();
    if (sheet.isNullObject) throw new Error(sentences.noSheet(name));
  }
  const range = sheet.getRange(cells);
  if (!spill) return range;
  need('selection');
  const filled = range.getSpillingToRangeOrNullObject();
  await context.sync();
  if (filled.isNullObject) throw new Error(sentences.noSpill(cells));
  return filled;
}

/** The cells that a name stands for: a name of the sheet before one of the whole workbook. */
async function rangeNamed(context: Excel.RequestContext, given: string): Promise<Excel.Range> {
  const { sheet: on, cells: name } = partsOf(given);
  const { worksheets, names } = context.workbook;
  const sheet = on ? worksheets.getItemOrNullObject(on) : worksheets.getActiveWorksheet();
  if (on) {
    await context.sync();
    if (sheet.isNullObject) throw new Error(sentences.noSheet(on));
  }
  const items = [sheet.names, names].map((collection) => collection.getItemOrNullObject(name));
  await context.sync();
  for (const item of items) {
    if (item.isNullObject) continue;
    const range = item.getRangeOrNullObject();
    await context.sync();
    if (!range.isNullObject) return range;
  }
  throw new Error(sentences.noCells(given));
}

/** The values in a range, by rows; blank cells are `null`. */
export async function valuesOf(context: Excel.RequestContext, range: Excel.Range): Promise<CellValue[][]> {
  range.load(['address', 'cellCount']);
  await context.sync();
  const { address, cellCount } = range;
  // Excel says -1 where there are more cells than it can count.
  if (cellCount < 0 || cellCount > MOST_CELLS) throw new Error(sentences.tooMany(address, MOST_CELLS));
  range.load(['values', 'valueTypes']);
  await context.sync();
  return range.values.map((row, r) =>
    row.map((value, c) => (range.valueTypes[r]?.[c] === 'Empty' ? null : (value as CellValue))),
  );
}
