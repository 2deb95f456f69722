import { type Area, addressOfArea, area, onSheet, partsOf } from '../../workbook/address';
import { extentOf, freeName, placed, placesBeside } from '../blocks';
import type { Step } from '../changes';
import type { Block } from '../host';
import { sentences } from '../sentences';
import { contentsOf, emptiness, placeCells, putCells, rangeOver } from './cells';
import { rangeAt } from './ranges';
import { run } from './run';
import { readSelection } from './selection';

/** Excel's sheets end here. */
const LAST = { row: 1_048_575, column: 16_383 };

/** See `SheetHost.write`. */
export async function writeBlock(
  context: Excel.RequestContext,
  block: Block,
  wish: string | undefined,
): Promise<Step> {
  const size = extentOf(block);
  if (size.rows === 0) throw new Error(sentences.nothingToWrite);
  if (wish !== undefined) return writeOnNewSheet(context, block, size, wish);
  const { sheet, name, place } = await freePlace(context, size);
  const address = onSheet(name, addressOfArea(place));
  return placeCells(context, sheet, place, placed(block, place.top, place.left), { kind: 'write', address });
}

/** The first free place beside what is selected. */
async function freePlace(
  context: Excel.RequestContext,
  size: { rows: number; columns: number },
): Promise<{ sheet: Excel.Worksheet; name: string; place: Area }> {
  const { address, range, spill } = await readSelection(context);
  const sheet = context.workbook.worksheets.getActiveWorksheet();
  sheet.load('name');
  const places = placesBeside(areaAt(spill?.address ?? range, address), size);
  const candidates = places
    .filter(({ bottom, right }) => bottom <= LAST.row && right <= LAST.column)
    .map((place) => ({ place, isEmpty: emptiness(rangeOver(sheet, place)) }));
  await context.sync();
  const free = candidates.find(({ isEmpty }) => isEmpty());
  if (free) return { sheet, name: sheet.name, place: free.place };
  const [first = '', second = ''] = places.map(addressOfArea);
  throw new Error(sentences.noRoom(size.rows, size.columns, first, second));
}

/** The area at an address; whole rows and columns have none, and there the active cell counts. */
function areaAt(address: string, otherwise: string): Area {
  try {
    return area(partsOf(address).cells);
  } catch {
    return area(partsOf(otherwise).cells);
  }
}

async function writeOnNewSheet(
  context: Excel.RequestContext,
  block: Block,
  size: { rows: number; columns: number },
  wish: string,
): Promise<Step> {
  const { worksheets } = context.workbook;
  worksheets.load('items/name');
  await context.sync();
  const name = freeName(
    wish,
    worksheets.items.map((each) => each.name),
  );
  const sheet = worksheets.add(name);
  putCells(sheet, placed(block, 0, 0), true);
  sheet.load('id');
  await context.sync();
  const { id } = sheet;
  const all = { top: 0, left: 0, bottom: size.rows - 1, right: size.columns - 1 };
  const address = onSheet(name, addressOfArea(all));
  const written = await contentsOf(context, rangeOver(sheet, all));
  const cells = placed(block, 0, 0);

  return {
    kind: 'write',
    address,
    since: () =>
      run(async (again) => {
        const there = again.workbook.worksheets.getItemOrNullObject(id);
        await again.sync();
        if (there.isNullObject) return 'undone';
        const used = there.getUsedRangeOrNullObject(true);
        const now = await contentsOf(again, rangeOver(there, all));
        const changed = cells
          .filter(({ row, column }) => now[row]?.[column] !== written[row]?.[column])
          .map(({ row, column }) =>
            onSheet(name, addressOfArea({ top: row, left: column, bottom: row, right: column })),
          );
        return [...changed, ...(await beyond(again, used, all))];
      }),
    undo: () =>
      run(async (again) => {
        again.workbook.worksheets.getItemOrNullObject(id).delete();
        await again.sync();
      }),
  };
}

/** The used range, if somebody has put something outside of the block. */
async function beyond(context: Excel.RequestContext, used: Excel.Range, all: Area): Promise<string[]> {
  if (used.isNullObject) return [];
  used.load('address');
  await context.sync();
  const { bottom, right } = area(partsOf(used.address).cells);
  return bottom > all.bottom || right > all.right ? [used.address] : [];
}

/** See `SheetHost.labelRows`. */
export async function labelRange(
  context: Excel.RequestContext,
  given: string,
  labels: readonly string[],
): Promise<Step> {
  const range = await rangeAt(context, given);
  range.load(['address', 'rowIndex', 'columnIndex', 'rowCount']);
  range.worksheet.load('name');
  await context.sync();
  const { address, rowIndex: top, columnIndex, rowCount } = range;
  if (columnIndex === 0) throw new Error(sentences.noColumnLeft(address));
  if (labels.length > rowCount) throw new Error(sentences.tooManyLabels(labels.length, address, rowCount));
  const column = columnIndex - 1;
  const beside = { top, left: column, bottom: top + rowCount - 1, right: column };
  const isEmpty = emptiness(rangeOver(range.worksheet, beside));
  await context.sync();
  const { name } = range.worksheet;
  if (!isEmpty()) throw new Error(sentences.labelsInTheWay(onSheet(name, addressOfArea(beside))));
  const within = { ...beside, bottom: top + labels.length - 1 };
  const cells = labels.map((content, index) => ({
    row: top + index,
    column,
    content,
    look: 'token' as const,
  }));
  return placeCells(context, range.worksheet, within, cells, {
    kind: 'labelRows',
    address: onSheet(name, addressOfArea(within)),
  });
}
