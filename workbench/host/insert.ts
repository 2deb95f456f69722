import { type IMutationInfo, mergeWorksheetSnapshotWithDefault } from '@univerjs/presets';
import {
  InsertSheetMutation,
  RemoveDefinedNameMutation,
  RemoveSheetMutation,
  RemoveSheetUndoMutationFactory,
  SetDefinedNameMutation,
} from '@univerjs/presets/preset-sheets-core';
import type { Changes } from '../../src/host/changes';
import type { InsertOptions } from '../../src/host/host';
import { nameSheets } from '../../src/host/naming';
import { onSheet } from '../../src/workbook/address';
import type { Book, Sheet } from '../../src/workbook/sheet';
import { workbookIn } from '../grid/ranges';
import { workbookStyles, worksheetData } from '../render';
import type { Session } from '../session';
import { contentsOf } from './cells';
import { type Doing, perform } from './steps';

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
  signal?.throwIfAborted();

  const behind = workbook.getActiveSheet().getIndex() + 1;
  const ids = sheets.map(() => crypto.randomUUID());
  const doings: Doing[] = [
    ...replaced.map((name) => removal(session, unitId, name)),
    ...sheets.flatMap((sheet, index) => {
      const id = ids[index] as string;
      return [
        ...Object.entries(sheet.names).map(([name, address]) => naming(unitId, id, sheet, name, address)),
        insertion(unitId, id, sheet, Math.max(0, behind - replaced.length) + index),
      ];
    }),
  ];
  const written = new Map<string, Map<string, string>>();
  const names = sheets.map(({ name }) => name);
  perform(session, changes, { kind: 'insert', address: names.join(', ') }, doings, () => {
    const there = ids.flatMap((id) => workbook.getSheetBySheetId(id) ?? []);
    if (there.length === 0) return 'undone';
    return there.flatMap((sheet) => {
      const before = written.get(sheet.getSheetId()) ?? new Map();
      const now = contentsOf(sheet);
      return [...new Set([...before.keys(), ...now.keys()])]
        .filter((place) => now.get(place) !== before.get(place))
        .map((place) => onSheet(sheet.getSheetName(), place));
    });
  });
  for (const [index, id] of ids.entries()) {
    const sheet = workbook.getSheetBySheetId(id);
    if (sheet) written.set(id, contentsOf(sheet));
    onProgress?.((index + 1) / ids.length, names[index] ?? '');
  }
  const [first] = sheets;
  if (first) {
    const { mergedTo = first.start } = first.cells.find(({ at }) => at === first.start) ?? {};
    workbook.setActiveSheet(ids[0] as string);
    workbook
      .getSheetBySheetId(ids[0] as string)
      ?.getRange(`${first.start}:${mergedTo}`)
      .activate();
  }
  return names;
}

function insertion(unitId: string, id: string, sheet: Sheet, index: number): Doing {
  const data = mergeWorksheetSnapshotWithDefault(worksheetData(id, sheet));
  return () => ({
    redo: { id: InsertSheetMutation.id, params: { unitId, index, sheet: data, styles: workbookStyles() } },
    undo: { id: RemoveSheetMutation.id, params: { unitId, subUnitId: id, subUnitName: sheet.name } },
  });
}

function removal({ univer, univerAPI }: Session, unitId: string, name: string): Doing {
  return () => {
    const subUnitId = workbookIn(univerAPI).getSheetByName(name)?.getSheetId() ?? '';
    const params = { unitId, subUnitId, subUnitName: name };
    const undo: IMutationInfo['params'] = univer
      .__getInjector()
      .invoke((accessor) => RemoveSheetUndoMutationFactory(accessor, params));
    return {
      redo: { id: RemoveSheetMutation.id, params },
      undo: { id: InsertSheetMutation.id, params: undo },
    };
  };
}

function naming(unitId: string, sheetId: string, sheet: Sheet, name: string, address: string): Doing {
  const id = `${sheetId}-${name}`;
  const cells = onSheet(sheet.name, address.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2'));
  const params = { id, unitId, name, formulaOrRefString: cells, localSheetId: sheetId };
  return () => ({
    redo: { id: SetDefinedNameMutation.id, params },
    undo: { id: RemoveDefinedNameMutation.id, params },
  });
}
