import { type Area, addressOf, area, onSheet, partsOf } from '../../workbook/address';
import { extentOf } from '../../workbook/extent';
import type { Sheet } from '../../workbook/sheet';
import { rangeOver } from './cells';

/** A larger sheet is not compared cell by cell: reading it would keep Excel busy. */
const MOST_CELLS = 250_000;

interface Added {
  readonly id: string;
  readonly sheet: Sheet;
}

/** What cells of a sheet hold, by rows; nothing of a sheet that is too large. */
type Contents = readonly (readonly unknown[])[] | undefined;

/** What the cells of sheets hold now. */
export async function contentsNow(
  context: Excel.RequestContext,
  added: readonly Added[],
): Promise<Contents[]> {
  const ranges = added.map(({ id, sheet }) => {
    const all = areaOf(sheet);
    if (!all) return undefined;
    const range = rangeOver(context.workbook.worksheets.getItem(id), all);
    range.load('formulas');
    return range;
  });
  await context.sync();
  return ranges.map((range) => range?.formulas);
}

/** The addresses of cells that hold something else than what was written, or `undone` when all sheets are gone. */
export async function changedCells(
  context: Excel.RequestContext,
  added: readonly Added[],
  written: readonly Contents[],
): Promise<string[] | 'undone'> {
  const sheets = added.map(({ id }) => context.workbook.worksheets.getItemOrNullObject(id));
  for (const sheet of sheets) sheet.load('name');
  await context.sync();
  const left = added.flatMap(({ id, sheet }, place) => {
    const there = sheets[place];
    return there && !there.isNullObject ? [{ id, sheet, there, before: written[place] }] : [];
  });
  if (left.length === 0) return 'undone';

  const used = left.map(({ there }) => there.getUsedRangeOrNullObject(true));
  for (const range of used) range.load('address');
  const now = await contentsNow(context, left);
  return left.flatMap(({ sheet, there, before }, place) => {
    const range = used[place];
    const beyond = range && !range.isNullObject && isBeyond(range.address, sheet) ? [range.address] : [];
    return [...differences(there.name, sheet, before, now[place]), ...beyond];
  });
}

/** Cells that were written and are other now, and cells that were left free and hold something. */
function differences(name: string, sheet: Sheet, before: Contents, now: Contents): string[] {
  if (!before || !now) return [];
  // What formulas fill changes with what they are about.
  const filled = sheet.cells.flatMap(({ at, spillsTo, fills }) => {
    const end = spillsTo ?? fills;
    return end ? [area(`${at}:${end}`)] : [];
  });
  const own = new Set(sheet.cells.map(({ at }) => at));
  return now.flatMap((row, r) =>
    row.flatMap((content, c) => {
      if (content === before[r]?.[c]) return [];
      const address = addressOf(r, c);
      return !own.has(address) && filled.some((each) => holds(each, r, c)) ? [] : [onSheet(name, address)];
    }),
  );
}

/** From A1 as far as a sheet reaches. */
function areaOf(sheet: Sheet): Area | undefined {
  const { rows, columns } = extentOf(sheet);
  if (rows * columns === 0 || rows * columns > MOST_CELLS) return undefined;
  return { top: 0, left: 0, bottom: rows - 1, right: columns - 1 };
}

function isBeyond(address: string, sheet: Sheet): boolean {
  const { rows, columns } = extentOf(sheet);
  const used = area(partsOf(address).cells);
  return used.bottom >= rows || used.right >= columns;
}

const holds = ({ top, left, bottom, right }: Area, row: number, column: number): boolean =>
  row >= top && row <= bottom && column >= left && column <= right;
