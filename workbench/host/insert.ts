import type { IMutationInfo } from '@univerjs/presets';
import { InsertSheetMutation } from '@univerjs/presets/preset-sheets-core';
import { stopIfAborted } from '../../src/host/aborted';
import type { Changes } from '../../src/host/changes';
import type { InsertOptions } from '../../src/host/host';
import { nameSheets } from '../../src/host/naming';
import type { Book, Sheet } from '../../src/workbook/sheet';
import { contentsOf, countOf, formulasOf } from '../contents';
import { workbookIn } from '../grid/ranges';
import type { Session } from '../session';
import { differences } from './differences';
import { fill, putInto } from './fill';
import { adding, asItIs, removing } from './sheets';
import { type Done, doAll, execute, remember } from './steps';

/** With this Univer does not show every sheet that is added. */
const STAY = { fromCollab: true } as const;

/** A sheet that is being inserted, with the id that Univer knows it by. */
interface Added {
  readonly id: string;
  readonly sheet: Sheet;
}

/** See `SheetHost.insert`. */
export async function insertBook(
  session: Session,
  changes: Changes,
  book: Book,
  { taken, onProgress, signal }: InsertOptions = {},
): Promise<readonly string[]> {
  const workbook = workbookIn(session.univerAPI);
  const unitId = workbook.getId();
  const existing = workbook.getSheets().map((sheet) => sheet.getSheetName());
  const { sheets, replaced } = nameSheets(book, existing, taken);
  stopIfAborted(signal);

  const shown = workbook.getActiveSheet().getSheetId();
  const added: Added[] = [];
  const done: Done[] = [];
  try {
    const places = new Map(replaced.map((name) => [name.toLowerCase(), existing.indexOf(name)]));
    let behind = workbook.getActiveSheet().getIndex();
    for (const name of replaced) done.push(doAll(session, removing(session, unitId, name)));

    const total = sheets.reduce((sum, sheet) => sum + countOf(sheet), 0);
    let before = 0;
    for (const sheet of sheets) {
      const id = crypto.randomUUID();
      const index = places.get(sheet.name.toLowerCase()) ?? behind + 1;
      behind = Math.min(index, workbook.getNumSheets());
      done.push(doAll(session, adding(unitId, id, sheet, behind), STAY));
      added.push({ id, sheet });
      const worksheet = workbook.getSheetBySheetId(id);
      if (!worksheet) continue;
      await fill(worksheet, contentsOf(sheet), (cells) => {
        stopIfAborted(signal);
        onProgress?.(share(before + cells, total), sheet.name);
      });
      before += countOf(sheet);
    }
  } catch (error) {
    for (const { undoMutations } of done.reverse()) execute(session, undoMutations, STAY);
    if (workbook.getSheetBySheetId(shown)) workbook.setActiveSheet(shown);
    throw error;
  }
  putFormulas(session, unitId, added);
  show(session, added);
  rememberAll(session, changes, added, done);
  return sheets.map(({ name }) => name);
}

const share = (part: number, total: number) => (total === 0 ? 1 : Math.min(1, part / total));

/** All formulas at one moment: each finds every sheet that it refers to, and Univer reads them once. */
function putFormulas(session: Session, unit: string, added: readonly Added[]): void {
  const workbook = workbookIn(session.univerAPI);
  const places = added.flatMap(({ id, sheet }) => {
    const worksheet = workbook.getSheetBySheetId(id);
    if (!worksheet) return [];
    return formulasOf(sheet).map((formula) => {
      putInto(worksheet, formula);
      return { unit, sheet: id, row: formula.row, column: formula.column };
    });
  });
  session.calculate(places);
}

function show({ univerAPI }: Session, [first]: readonly Added[]): void {
  const workbook = workbookIn(univerAPI);
  const worksheet = first && workbook.getSheetBySheetId(first.id);
  if (!worksheet) return;
  const { start, cells } = first.sheet;
  const { mergedTo = start } = cells.find(({ at }) => at === start) ?? {};
  workbook.setActiveSheet(first.id);
  worksheet.getRange(`${start}:${mergedTo}`).activate();
}

function rememberAll(
  session: Session,
  changes: Changes,
  added: readonly Added[],
  done: readonly Done[],
): void {
  const workbook = workbookIn(session.univerAPI);
  const unitId = workbook.getId();
  // Sheets were added empty: done again, they are to come with all that is on them.
  const asNow = ({ id, params }: IMutationInfo): IMutationInfo[] => {
    const { sheet } = params as { sheet?: { id: string } };
    return id === InsertSheetMutation.id && sheet ? asItIs(session, unitId, sheet.id) : [{ id, params }];
  };
  const all: Done = {
    redoMutations: done.flatMap(({ redoMutations }) => redoMutations.flatMap(asNow)),
    undoMutations: [...done].reverse().flatMap(({ undoMutations }) => undoMutations),
  };
  const address = added.map(({ sheet }) => sheet.name).join(', ');
  remember(session, changes, { kind: 'insert', address }, all, async () => {
    const there = added.flatMap(({ id, sheet }) => {
      const worksheet = workbook.getSheetBySheetId(id);
      return worksheet ? [{ worksheet, sheet }] : [];
    });
    if (there.length === 0) return 'undone';
    const changed = await Promise.all(there.map(({ worksheet, sheet }) => differences(worksheet, sheet)));
    return changed.flat();
  });
}
