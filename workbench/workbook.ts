import { LocaleType } from '@univerjs/presets';
import type { Sheet } from '../src/workbook/sheet';
import { showColourScales } from './grid/colour-scales';
import { scopeNames, WHOLE_WORKBOOK } from './grid/names';
import { registerScales } from './grid/scales';
import { showTextFormats } from './grid/text-formats';
import { drawMarks } from './marks/draw';
import { emptySheet, workbookStyles, worksheetData } from './render';
import type { Session } from './session';

/** An empty sheet for trying things out. */
const SCRATCH = 'Scratch';

/**
 * Opens a workbook with these sheets and an empty one.
 *
 * @param sheets The first is shown.
 */
export function openWorkbook(session: Session, sheets: readonly Sheet[]): void {
  const { univer, univerAPI } = session;
  registerScales(univer);
  scopeNames(univer);
  const data = sheets.map((sheet) => worksheetData(sheet.name, sheet));
  const workbook = univerAPI.createWorkbook({
    id: 'workbench',
    name: 'GPT-2 in cells',
    locale: LocaleType.EN_US,
    styles: workbookStyles(),
    sheetOrder: [...sheets.map(({ name }) => name), SCRATCH],
    sheets: Object.fromEntries([...data, emptySheet(SCRATCH, SCRATCH)].map((each) => [each.id, each])),
    resources: [{ name: 'SHEET_DEFINED_NAME_PLUGIN', data: JSON.stringify(definedNames(sheets)) }],
  });
  // Univer has the service that these need only now.
  showTextFormats(univer);
  showColourScales(session);
  drawMarks(univer);
  const [first] = sheets;
  if (!first) return;
  const { mergedTo = first.start } = first.cells.find(({ at }) => at === first.start) ?? {};
  workbook.getSheetByName(first.name)?.getRange(`${first.start}:${mergedTo}`).activate();
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
