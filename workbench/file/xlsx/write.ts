import type { IWorkbookData } from '@univerjs/presets';
import type { NamedRange, WriteSheet } from 'hucre';
import { writeXlsx } from 'hucre/xlsx';
import type { Chart } from '../../../src/workbook/sheet';
import type { Book, Own } from './book';
import { finish, type SheetFinish } from './finish';
import { strings } from './strings';
import { DEFAULT_HEIGHT, DEFAULT_WIDTH, writeSheet } from './write-sheet';

/** Names of sheets as the format has them. */
const NAME = /^(?!')[^[\]:*?/\\]{1,31}(?<!')$/;

/**
 * A workbook as an .xlsx file. Formulas keep their results, so that programs without the add-in show them.
 *
 * @param ours What becomes of the add-in's own formulas: `values` leaves their results alone, for programs that calculate
 *   everything anew and do not know them.
 * @throws Error with a sentence that names the sheet, when the format cannot hold it
 */
export async function writeBook(
  { data, spills, view }: Book,
  ours: 'formulas' | 'values' = 'formulas',
): Promise<Uint8Array> {
  const sheets: WriteSheet[] = [];
  const finishing: SheetFinish[] = [];
  for (const id of data.sheetOrder) {
    const sheet = data.sheets[id] ?? {};
    const name = sheet.name ?? id;
    if (!NAME.test(name)) throw new Error(strings.sheetName(name));
    sheets.push(writeSheet(data, sheet, spills[id] ?? [], ours === 'values'));
    finishing.push({
      width: sheet.defaultColumnWidth ?? DEFAULT_WIDTH,
      height: sheet.defaultRowHeight ?? DEFAULT_HEIGHT,
      ...(view?.sheet === name && { selected: view.cells }),
    });
  }
  const active = sheets.findIndex(({ name }) => name === view?.sheet);
  const bytes = await writeXlsx({
    sheets,
    properties: { title: data.name },
    namedRanges: namesForFile(data),
    ...(active >= 0 && { activeSheet: active }),
  });
  return finish(bytes, finishing, ownOf(data, view));
}

/** What Univer keeps under the name of its plugin for names. */
interface StoredName {
  name: string;
  formulaOrRefString: string;
  localSheetId?: string;
}
export const NAMES = 'SHEET_DEFINED_NAME_PLUGIN';
export const WHOLE_WORKBOOK = 'AllDefaultWorkbook';

function namesForFile(data: IWorkbookData): NamedRange[] {
  const text = data.resources?.find(({ name }) => name === NAMES)?.data;
  const stored = text ? (JSON.parse(text) as Record<string, StoredName>) : {};
  return Object.values(stored).map(({ name, formulaOrRefString, localSheetId }) => {
    const scope = data.sheets[localSheetId ?? '']?.name;
    return { name, range: formulaOrRefString.replace(/^=/, ''), ...(scope && { scope }) };
  });
}

function ownOf(data: IWorkbookData, view: Book['view']): Own {
  return {
    version: 1,
    settings: (data.custom?.settings as Record<string, string> | undefined) ?? {},
    ...(view && { view }),
    sheets: Object.fromEntries(
      data.sheetOrder.map((id) => {
        const { name, rowCount, columnCount, defaultColumnWidth, defaultRowHeight, custom } =
          data.sheets[id] ?? {};
        const charts = custom?.charts as readonly Chart[] | undefined;
        return [
          name ?? id,
          {
            rows: rowCount ?? 0,
            columns: columnCount ?? 0,
            width: defaultColumnWidth ?? DEFAULT_WIDTH,
            height: defaultRowHeight ?? DEFAULT_HEIGHT,
            ...(charts && charts.length > 0 && { charts }),
          },
        ];
      }),
    ),
  };
}
