import type { ICellData, IStyleData, IWorkbookData, IWorksheetData } from '@univerjs/presets';
import { NAMESPACE } from '../../../src/namespace';
import type { Book, Taken } from '../../../workbench/file/xlsx/book';
import { readBook } from '../../../workbench/file/xlsx/read';
import { writeBook } from '../../../workbench/file/xlsx/write';

/** Functions of the add-in that the tests' formulas call. */
export const OURS = ['EMBED', 'TOKENS', 'NEXT', 'ATTN', 'MLP_OUT', 'TOP', 'PROBS'].map(
  (name) => `${NAMESPACE}.${name}`,
);
/** Native functions that they call. */
export const NATIVE = [
  'SUM',
  'MAX',
  'IF',
  'ISNA',
  'REPT',
  'ROUND',
  'SEQUENCE',
  'FILTER',
  'LET',
  'LAMBDA',
  'INDEX',
];

/** A workbook of one or several sheets. */
export function bookOf(
  sheets: readonly (Partial<IWorksheetData> & { name: string })[],
  others: Partial<IWorkbookData> = {},
): Book {
  const data = {
    id: 'book',
    name: 'Book',
    appVersion: '',
    locale: 'enUS',
    styles: {},
    sheetOrder: sheets.map(({ name }) => name),
    sheets: Object.fromEntries(sheets.map((sheet) => [sheet.name, { id: sheet.name, ...sheet }])),
    ...others,
  } as IWorkbookData;
  return { data, spills: {}, view: undefined };
}

export const read = (bytes: Uint8Array, file = 'book.xlsx'): Promise<Taken> =>
  readBook(bytes, file, OURS, NATIVE);

/** A workbook after it has been a file. */
export const there = async (book: Book): Promise<Taken> => read(await writeBook(book));

/** The first sheet of a workbook. */
export function firstSheet({ data }: { data: IWorkbookData }): Partial<IWorksheetData> {
  return data.sheets[data.sheetOrder[0] ?? ''] ?? {};
}

/** Its cell. */
export const cellAt = (book: { data: IWorkbookData }, row: number, column: number): ICellData | undefined =>
  (firstSheet(book).cellData?.[row]?.[column] as ICellData | undefined) ?? undefined;

/** The look of a cell, wherever the workbook keeps it. */
export function lookAt({ data }: { data: IWorkbookData }, cell: ICellData | undefined): IStyleData {
  return (typeof cell?.s === 'string' ? data.styles[cell.s] : cell?.s) ?? {};
}
