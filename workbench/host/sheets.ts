import { type IMutationInfo, mergeWorksheetSnapshotWithDefault } from '@univerjs/presets';
import {
  IDefinedNamesService,
  InsertSheetMutation,
  RemoveDefinedNameMutation,
  RemoveSheetMutation,
  RemoveSheetUndoMutationFactory,
  SetDefinedNameMutation,
} from '@univerjs/presets/preset-sheets-core';
import { onSheet } from '../../src/workbook/address';
import type { Sheet } from '../../src/workbook/sheet';
import { workbookIn } from '../grid/ranges';
import { frameOf, workbookStyles } from '../render';
import type { Session } from '../session';
import type { Doing } from './steps';

/** Adds a sheet with its names, and nothing in its cells yet. */
export function adding(unitId: string, subUnitId: string, sheet: Sheet, index: number): Doing[] {
  const add: Doing = () => ({
    redo: {
      id: InsertSheetMutation.id,
      params: {
        unitId,
        index,
        sheet: mergeWorksheetSnapshotWithDefault(frameOf(subUnitId, sheet)),
        styles: workbookStyles(),
      },
    },
    undo: { id: RemoveSheetMutation.id, params: { unitId, subUnitId, subUnitName: sheet.name } },
  });
  const names = Object.entries(sheet.names).map(([name, address]) => {
    const formulaOrRefString = onSheet(sheet.name, address.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2'));
    const params = { id: `${subUnitId}-${name}`, unitId, name, formulaOrRefString, localSheetId: subUnitId };
    return naming(params, true);
  });
  return [add, ...names];
}

/** Takes a sheet and its names away; to be taken back with all that is on it. */
export function removing({ univer, univerAPI }: Session, unitId: string, name: string): Doing[] {
  const injector = univer.__getInjector();
  const subUnitId = workbookIn(univerAPI).getSheetByName(name)?.getSheetId() ?? '';
  const names = Object.values(injector.get(IDefinedNamesService).getDefinedNameMap(unitId) ?? {})
    .filter(({ localSheetId }) => localSheetId === subUnitId)
    .map((params) => naming({ ...params, unitId }, false));
  const remove: Doing = () => {
    const params = { unitId, subUnitId, subUnitName: name };
    return {
      redo: { id: RemoveSheetMutation.id, params },
      undo: {
        id: InsertSheetMutation.id,
        params: injector.invoke((accessor) => RemoveSheetUndoMutationFactory(accessor, params)),
      },
    };
  };
  return [...names, remove];
}

/** The mutation that puts a sheet of the workbook where it is now, with all that is on it by then. */
export function asItIs({ univerAPI }: Session, unitId: string, subUnitId: string): IMutationInfo[] {
  const workbook = workbookIn(univerAPI);
  const sheet = workbook.getSheetBySheetId(subUnitId);
  if (!sheet) return [];
  const params = { unitId, index: sheet.getIndex(), sheet: sheet.getSheet().getConfig() };
  return [{ id: InsertSheetMutation.id, params }];
}

function naming(params: object, set: boolean): Doing {
  const [there, gone] = [SetDefinedNameMutation.id, RemoveDefinedNameMutation.id];
  return () => ({
    redo: { id: set ? there : gone, params },
    undo: { id: set ? gone : there, params },
  });
}
