import { type IWorkbookData, LocaleType } from '@univerjs/presets';
import type { FWorkbook } from '@univerjs/presets/preset-sheets-core';
import type { Sheet } from '../src/workbook/sheet';
import { show } from './file/current';
import type { Kept } from './file/keep/parts';
import { showColourScales } from './grid/colour-scales';
import { calculateFirst } from './grid/first-calculation';
import { scopeNames, WHOLE_WORKBOOK } from './grid/names';
import { registerScales } from './grid/scales';
import { showTextFormats } from './grid/text-formats';
import { registerSettings } from './host/settings';
import { drawMarks } from './marks/draw';
import { emptySheet, workbookStyles, worksheetData } from './render';
import type { Session } from './session';

/** Univer's name for the open workbook; there is one at a time. */
const UNIT = 'workbench';
/** An empty sheet for trying things out, and the only one of an empty workbook. */
const [SCRATCH, ALONE] = ['Scratch', 'Sheet1'];

/**
 * Opens a new workbook with these sheets and an empty one.
 *
 * @param name What the workbook is called.
 * @param sheets The first is shown.
 */
export function openWorkbook(session: Session, name: string, sheets: readonly Sheet[]): void {
  const data = sheets.map((sheet) => worksheetData(sheet.name, sheet));
  const empty = sheets.length > 0 ? SCRATCH : ALONE;
  const workbook = create(session, {
    name,
    locale: LocaleType.EN_US,
    styles: workbookStyles(),
    sheetOrder: [...sheets.map(({ name }) => name), empty],
    sheets: Object.fromEntries([...data, emptySheet(empty, empty)].map((each) => [each.id, each])),
    resources: [{ name: 'SHEET_DEFINED_NAME_PLUGIN', data: JSON.stringify(definedNames(sheets)) }],
  });
  const [first] = sheets;
  if (!first) return;
  const { mergedTo = first.start } = first.cells.find(({ at }) => at === first.start) ?? {};
  workbook.getSheetByName(first.name)?.getRange(`${first.start}:${mergedTo}`).activate();
}

/** Opens a workbook as it was kept. */
export function openKept(session: Session, { data, view }: Kept, name: string): void {
  create(session, { ...data, name });
  if (view) show(session, view);
}

function create(session: Session, data: Partial<IWorkbookData>): FWorkbook {
  const { univer, univerAPI } = session;
  registerScales(univer);
  registerSettings(univer);
  scopeNames(univer);
  const workbook = univerAPI.createWorkbook({ ...data, id: UNIT });
  calculateFirst(univer);
  // Univer has the service that these need only now.
  showTextFormats(univer);
  showColourScales(session);
  drawMarks(univer);
  return workbook;
}

/** The names of all sheets, as Univer stores them. */
function definedNames(sheets: readonly Sheet[]): Record<string, object> {
  const entries = sheets.flatMap((sheet) =>
    Object.entries(sheet.names).map(([name, address]) => {
      const absolute = address.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
      return {
        id: `name-${name}`,
        name,
        formulaOrRefString: `${sheet.name}!${absolute}`,
        localSheetId: WHOLE_WORKBOOK,
      };
    }),
  );
  return Object.fromEntries(entries.map((entry) => [entry.id, entry]));
}
