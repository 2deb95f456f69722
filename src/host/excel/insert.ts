import type { Book, Sheet } from '../../workbook/sheet';
import { stopIfAborted } from '../aborted';
import { freeName } from '../blocks';
import type { Step } from '../changes';
import type { InsertOptions } from '../host';
import { nameSheets } from '../naming';
import { sentences } from '../sentences';
import { changedCells, contentsNow } from './inserted';
import { has, run } from './run';
import { contents, finish, formulas, frame, type Part } from './sheet';

/** A sheet that was added, by the id that it keeps when it is renamed. */
interface Added {
  readonly id: string;
  readonly sheet: Sheet;
}

/** A sheet that gave way: it is hidden under another name, for Office.js cannot bring back what it has deleted. */
interface Hidden {
  readonly id: string;
  readonly name: string;
}

/** See `SheetHost.insert`. */
export async function insertBook(
  context: Excel.RequestContext,
  book: Book,
  { taken, onProgress, signal }: InsertOptions = {},
): Promise<{ step: Step; names: readonly string[] }> {
  const { workbook } = context;
  const { worksheets } = workbook;
  worksheets.load(['items/name', 'items/id']);
  const shown = worksheets.getActiveWorksheet();
  shown.load(['id', 'position']);
  await context.sync();
  const existing = worksheets.items.map(({ name }) => name);
  const { sheets, replaced } = nameSheets(book, existing, taken);
  stopIfAborted(signal);

  const added: Added[] = [];
  const hidden: Hidden[] = [];
  const sync = async () => {
    // Else every request calculates the sheets that are half there.
    workbook.application.suspendApiCalculationUntilNextSync();
    if (has('quiet')) workbook.application.suspendScreenUpdatingUntilNextSync();
    await context.sync();
  };
  try {
    await giveWay(context, replaced, hidden);
    const made = await add(context, sheets, shown.position + 1, added);
    stopIfAborted(signal);
    const parts = [
      ...made.flatMap(({ on, sheet }) => named(sheet, contents(on, sheet))),
      ...made.flatMap(({ on, sheet }) => named(sheet, formulas(on, sheet))),
    ];
    const total = parts.reduce((sum, { cells }) => sum + cells, 0);
    let done = 0;
    for (const { name, cells, run: write } of parts) {
      write();
      await sync();
      stopIfAborted(signal);
      done += cells;
      onProgress?.(done / total, name);
    }
    for (const { on, sheet } of made) finish(workbook, on, sheet);
    const first = made[0];
    first?.on.activate();
    await context.sync();
    first?.on.getRange(first.sheet.start).select();
    for (const { id } of hidden) worksheets.getItem(id).visibility = 'Hidden';
    await context.sync();
  } catch (error) {
    await takeBack(context, added, hidden).catch(() => {
      const left = added.map(({ sheet }) => sheet.name);
      throw new Error(sentences.leftBehind(left), { cause: error });
    });
    throw error;
  }
  const written = await contentsNow(context, added);
  const names = sheets.map(({ name }) => name);
  const step: Step = {
    kind: 'insert',
    address: names.join(', '),
    since: async () => {
      const changed = await run((again) => changedCells(again, added, written));
      // Even when the new sheets are gone, those that gave way are to come back.
      return changed === 'undone' && hidden.length > 0 ? [] : changed;
    },
    undo: () => run((again) => takeBack(again, added, hidden)),
  };
  return { step, names };
}

const named = ({ name }: Sheet, parts: readonly Part[]) => parts.map((part) => ({ ...part, name }));

/** Renames the sheets whose names are wanted. They are hidden at the end, when there are others to be shown. */
async function giveWay(
  context: Excel.RequestContext,
  replaced: readonly string[],
  hidden: Hidden[],
): Promise<void> {
  const { worksheets } = context.workbook;
  const taken = worksheets.items.map(({ name }) => name);
  for (const name of replaced) {
    const id = worksheets.items.find((each) => each.name === name)?.id ?? '';
    const aside = freeName(sentences.replacedSheet(name), taken);
    taken.push(aside);
    worksheets.getItem(id).name = aside;
    hidden.push({ id, name });
  }
  if (replaced.length > 0) await context.sync();
}

/** Adds all sheets with their names, so that formulas find them. */
async function add(
  context: Excel.RequestContext,
  sheets: readonly Sheet[],
  position: number,
  added: Added[],
): Promise<{ on: Excel.Worksheet; sheet: Sheet }[]> {
  const { worksheets } = context.workbook;
  const made: { on: Excel.Worksheet; sheet: Sheet }[] = [];
  for (const [place, sheet] of sheets.entries()) {
    const on = worksheets.add(sheet.name);
    on.position = position + place;
    on.load('id');
    // One by one: if Excel refuses one, those before it are known and go again.
    await context.sync();
    added.push({ id: on.id, sheet });
    frame(on, sheet);
    await context.sync();
    made.push({ on, sheet });
  }
  return made;
}

/** Takes sheets away again, and brings back those that gave way. */
async function takeBack(
  context: Excel.RequestContext,
  added: readonly Added[],
  hidden: readonly Hidden[],
): Promise<void> {
  const { worksheets } = context.workbook;
  const old = hidden.map(({ id, name }) => ({ there: worksheets.getItemOrNullObject(id), name }));
  const fresh = added.map(({ id }) => worksheets.getItemOrNullObject(id));
  await context.sync();
  // Shown first, for Excel does not delete the last sheet that can be seen.
  for (const { there } of old) if (!there.isNullObject) there.visibility = 'Visible';
  for (const there of fresh) if (!there.isNullObject) there.delete();
  await context.sync();
  for (const { there, name } of old) if (!there.isNullObject) there.name = name;
  await context.sync();
}
