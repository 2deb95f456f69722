import {
  type ICommandInfo,
  type IObjectMatrixPrimitiveType,
  type IRange,
  IResourceManagerService,
  type IResources,
  type Nullable,
  UniverInstanceType,
} from '@univerjs/presets';
import { FormulaDataModel, IFunctionService } from '@univerjs/presets/preset-sheets-core';
import { addressOfArea } from '../../src/workbook/address';
import { areaOf, workbookIn } from '../grid/ranges';
import type { Session } from '../session';
import type { Source } from './keep/keeper';
import { cellsText, frameText } from './keep/parts';
import type { Book, Filled, View } from './xlsx/book';
import { valueIn } from './xlsx/values';

/** The open workbook as the keeper reads it. */
export function sourceOf(session: Session): Source {
  const workbook = () => workbookIn(session.univerAPI);
  return {
    get name() {
      return workbook().getName();
    },
    get sheets() {
      return [...workbook().getWorkbook().getSnapshot().sheetOrder];
    },
    frame: () => frameText(workbook().getWorkbook().getSnapshot(), resourcesOf(session), viewOf(session)),
    cells: (sheet) => cellsText(workbook().getWorkbook().getSnapshot().sheets[sheet]?.cellData),
  };
}

/** The open workbook as a file takes it, with all results. */
export function bookOf(session: Session): Book {
  const data = workbookIn(session.univerAPI).getWorkbook().getSnapshot();
  return {
    data: { ...data, resources: resourcesOf(session) },
    spills: Object.fromEntries(data.sheetOrder.map((id) => [id, spillsOf(session, id)])),
    view: viewOf(session),
  };
}

/** What is selected, and on which sheet. */
export function viewOf({ univerAPI }: Session): View | undefined {
  const range = workbookIn(univerAPI).getActiveRange();
  const sheet = workbookIn(univerAPI).getActiveSheet().getSheetName();
  return { sheet, cells: range ? addressOfArea(areaOf(range)) : 'A1' };
}

/** Selects what was selected; nothing, if the sheet is gone. */
export function show({ univerAPI }: Session, { sheet: name, cells }: View): void {
  const sheet = workbookIn(univerAPI).getSheetByName(name);
  if (!sheet) return;
  workbookIn(univerAPI).setActiveSheet(sheet);
  sheet.getRange(cells).activate();
}

/** The functions that the grid can calculate, in capitals; those of the add-in among them. */
export function functionsOf({ univer }: Session): string[] {
  const service = univer.__getInjector().get(IFunctionService);
  return [...service.getExecutors().keys()].map((name) => String(name).toUpperCase());
}

/**
 * Calls a listener at each change of the workbook: not when results are calculated, or something is selected.
 *
 * @param listener Told the ids of the sheets concerned; nothing where that cannot be told.
 */
export function onChange({ univerAPI }: Session, listener: (sheets: string[] | undefined) => void): void {
  univerAPI.onCommandExecuted((command, options) => {
    if (options?.onlyLocal || !isChange(command, workbookIn(univerAPI).getId())) return;
    const { subUnitId, sheet, from, to } = command.params as Concerned;
    const sheets = [subUnitId, sheet?.id, from?.subUnitId, to?.subUnitId].filter((id) => id !== undefined);
    listener(sheets.length > 0 ? sheets : undefined);
  });
}

/** Where mutations of Univer's name the sheets that they are about. */
interface Concerned {
  readonly unitId?: string;
  readonly subUnitId?: string;
  readonly sheet?: { readonly id?: string };
  readonly from?: { readonly subUnitId?: string };
  readonly to?: { readonly subUnitId?: string };
}

function isChange({ id, params }: Readonly<ICommandInfo>, unit: string): boolean {
  // Univer's names tell mutations, which change data, from commands and operations, which lead to them or show something.
  return (
    /\.mutation\./.test(id) &&
    !id.startsWith('formula.') &&
    (params as Concerned | undefined)?.unitId === unit
  );
}

function resourcesOf({ univer, univerAPI }: Session): IResources {
  const service = univer.__getInjector().get(IResourceManagerService);
  return service.getResources(workbookIn(univerAPI).getId(), UniverInstanceType.UNIVER_SHEET);
}

function spillsOf({ univer, univerAPI }: Session, sheet: string): Filled[] {
  const model = univer.__getInjector().get(FormulaDataModel);
  const unit = workbookIn(univerAPI).getId();
  const cells = model.getArrayFormulaCellData()[unit]?.[sheet] ?? {};
  const anchors: IObjectMatrixPrimitiveType<Nullable<IRange>> =
    model.getArrayFormulaRange()[unit]?.[sheet] ?? {};
  return Object.values(anchors).flatMap((columns) =>
    Object.values<Nullable<IRange>>(columns ?? {}).flatMap((range) => {
      if (!range) return [];
      const { startRow: top, startColumn: left, endRow: bottom, endColumn: right } = range;
      const values = Array.from({ length: bottom - top + 1 }, (_, r) =>
        Array.from({ length: right - left + 1 }, (_, c) => valueIn(cells[top + r]?.[left + c] ?? {})),
      );
      return [{ area: { top, left, bottom, right }, values }];
    }),
  );
}
