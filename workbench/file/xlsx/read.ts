import type { IWorkbookData, IWorksheetData } from '@univerjs/presets';
import type { Workbook } from 'hucre';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import type { Own, Taken, View } from './book';
import { type Contents, contentsOf } from './contents';
import { LeftOut } from './left-out';
import { MOST_CELLS } from './limits';
import { type Reading, ROOM, readSheet, Styles } from './read-sheet';
import { strings } from './strings';
import { cellOf } from './values';
import { NAMES, WHOLE_WORKBOOK } from './write';

/**
 * Reads a file that somebody chose.
 *
 * @param file Its name.
 * @param ours The functions of the add-in, with their namespace, in capitals.
 * @param native The functions that the grid can calculate by itself, in capitals.
 * @throws Error with a sentence that names the file and says what is the matter with it
 */
export async function readBook(
  bytes: Uint8Array,
  file: string,
  ours: readonly string[],
  native: readonly string[],
): Promise<Taken> {
  if (bytes.length === 0) throw new Error(strings.empty(file));
  if (/\.(csv|tsv)$/i.test(file)) return readText(bytes, file);
  const contents = contentsOf(bytes, file);
  const workbook = await readXlsx(bytes, { readStyles: true }).catch((error: unknown) => {
    throw new Error(reasonOf(error, file), { cause: error });
  });
  const filled = workbook.sheets.reduce(
    (sum, { cells, rows }) => sum + Math.max(cells?.size ?? 0, countOf(rows)),
    0,
  );
  if (filled > MOST_CELLS) throw new Error(strings.tooManyCells(file, filled, MOST_CELLS));
  const known = new Set([...ours, ...native]);
  const reading = {
    ours: new Set(ours),
    knows: (name: string) => known.has(name),
    theme: workbook.themeColors ?? [],
    styles: new Styles(workbook.themeColors ?? []),
    leftOut: new LeftOut(),
  };
  return taken(workbook, file, contents, reading);
}

function taken(workbook: Workbook, file: string, contents: Contents, reading: Reading): Taken {
  const { own } = contents;
  reading.leftOut.workbook(workbook, contents);
  const sheets = workbook.sheets.map((sheet, index) =>
    readSheet(`sheet-${index + 1}`, sheet, reading, own?.sheets[sheet.name]),
  );
  if (sheets.length === 0) throw new Error(strings.noSheets(file));
  return {
    data: {
      ...book(nameOf(file), sheets, own, namesFromFile(workbook, sheets)),
      styles: reading.styles.named,
    },
    view: own?.view ?? viewOf(workbook),
    leftOut: reading.leftOut.sentences,
  };
}

function viewOf({ sheets, activeSheet = 0 }: Workbook): View | undefined {
  const sheet = sheets[activeSheet]?.name;
  return sheet === undefined ? undefined : { sheet, cells: 'A1' };
}

function book(
  name: string,
  sheets: readonly Partial<IWorksheetData>[],
  own?: Own,
  names?: Record<string, object>,
): IWorkbookData {
  return {
    id: '',
    name,
    appVersion: '',
    locale: 'enUS' as IWorkbookData['locale'],
    styles: {},
    sheetOrder: sheets.map(({ id }) => id as string),
    sheets: Object.fromEntries(sheets.map((sheet) => [sheet.id, sheet])),
    resources: names && Object.keys(names).length > 0 ? [{ name: NAMES, data: JSON.stringify(names) }] : [],
    custom: { settings: own?.settings ?? {} },
  };
}

function namesFromFile(
  { namedRanges = [] }: Workbook,
  sheets: readonly Partial<IWorksheetData>[],
): Record<string, object> {
  const entries = namedRanges
    .filter(({ name }) => !name.startsWith('_xl'))
    .map(({ name, range, scope }, index) => ({
      id: `name-${index + 1}`,
      name,
      formulaOrRefString: range,
      localSheetId: sheets.find((sheet) => sheet.name === scope)?.id ?? WHOLE_WORKBOOK,
    }));
  return Object.fromEntries(entries.map((entry) => [entry.id, entry]));
}

/** Rows of texts and numbers with commas, semicolons or tabs between them. */
function readText(bytes: Uint8Array, file: string): Taken {
  const text = new TextDecoder().decode(bytes);
  if (text.includes('\0')) throw new Error(strings.notAWorkbook(file));
  const rows = parseCsv(text, { typeInference: true });
  const count = countOf(rows);
  if (count > MOST_CELLS) throw new Error(strings.tooManyCells(file, count, MOST_CELLS));
  const cellData = Object.fromEntries(
    rows.map((row, r) => [
      r,
      Object.fromEntries(
        row.flatMap((value, c) => {
          const held = value instanceof Date ? value.toISOString() : value;
          return held === null || held === '' ? [] : [[c, cellOf(held)]];
        }),
      ),
    ]),
  );
  const name =
    nameOf(file)
      .replace(/[[\]:*?/\\']/g, ' ')
      .slice(0, 31)
      .trim() || 'Sheet1';
  const columnCount = Math.max(ROOM.columns, ...rows.map((row) => row.length));
  const sheet = { id: 'sheet-1', name, cellData, rowCount: Math.max(ROOM.rows, rows.length), columnCount };
  return { data: book(nameOf(file), [sheet]), view: { sheet: name, cells: 'A1' }, leftOut: [] };
}

const nameOf = (file: string) => file.replace(/\.\w+$/, '').slice(0, 100) || file;

const countOf = (rows: readonly (readonly unknown[])[]) =>
  rows.reduce(
    (sum, row) => sum + row.reduce((filled: number, value) => filled + Number(value !== null), 0),
    0,
  );

/** What the library that reads says, without its own name for the kind of error. */
function reasonOf(error: unknown, file: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const wide = /^Sheet "(.*)" spans /.exec(message)?.[1];
  if (wide !== undefined) return strings.tooWide(file, wide);
  return strings.damaged(file, message.endsWith('.') ? message : `${message}.`);
}
