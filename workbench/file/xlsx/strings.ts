/** What is said about files. */

const many = (count: number, one: string, more: string) => (count === 1 ? `One ${one}` : `${count} ${more}`);

export const strings = {
  sheetName: (name: string) =>
    `The sheet “${name}” cannot be saved: in an .xlsx file a sheet’s name has 1 to 31 characters, none of them ` +
    `[ ] : * ? / or \\, and no apostrophe at either end. Rename the sheet.`,

  tooLarge: (file: string, size: string, limit: string) =>
    `“${file}” has ${size}. The workbench opens files of up to ${limit}.`,
  unpacksTooLarge: (file: string, size: string, limit: string) =>
    `“${file}” unpacks to ${size}. The workbench opens what unpacks to up to ${limit}.`,
  tooManyCells: (file: string, cells: number, limit: number) =>
    `“${file}” has ${cells.toLocaleString('en')} cells with something in them. The workbench opens files with up to ${limit.toLocaleString('en')}.`,
  tooWide: (file: string, sheet: string) =>
    `“${file}” cannot be opened: the sheet “${sheet}” reaches too far down and to the right for this browser.`,
  empty: (file: string) => `“${file}” is empty.`,
  password: (file: string) =>
    `“${file}” is protected with a password. Open it in Excel or LibreOffice, save it without one, and open that here.`,
  oldFormat: (file: string) =>
    `“${file}” is in the format that Excel used before 2007 (.xls). Save it as .xlsx in Excel or LibreOffice, and open that here.`,
  binary: (file: string) =>
    `“${file}” is in Excel’s binary format (.xlsb). Save it as .xlsx in Excel, and open that here.`,
  openDocument: (file: string) =>
    `“${file}” is an OpenDocument file. Save it as .xlsx in LibreOffice, and open that here.`,
  otherZip: (file: string) => `“${file}” is a ZIP file, but not a workbook: it has no sheets.`,
  notAWorkbook: (file: string) =>
    `“${file}” is not a workbook. The workbench opens .xlsx, .xlsm and .csv files.`,
  damaged: (file: string, reason: string) => `“${file}” is damaged and cannot be read: ${reason}`,
  noSheets: (file: string) => `“${file}” has no sheet with cells.`,

  leftOut: {
    macros: 'Macros. They do not run here, and are not in what you save.',
    pivots: (count: number) =>
      `${many(count, 'pivot table', 'pivot tables')}: the values are here, the tables are not.`,
    charts: (count: number) => `${many(count, 'chart', 'charts')}.`,
    pictures: (count: number) => `${many(count, 'picture or shape', 'pictures or shapes')}.`,
    tables: (count: number) =>
      `${many(count, 'table', 'tables')}: the cells are here, without filters and stripes.`,
    validations: (count: number) => `${many(count, 'rule', 'rules')} for what may be typed into cells.`,
    filters: (count: number) => `${many(count, 'filter', 'filters')}: all rows are shown.`,
    conditional: (count: number) =>
      `${many(count, 'conditional format', 'conditional formats')} other than the workbench’s colour scales.`,
    comments: (count: number) => `${many(count, 'comment', 'comments')} in conversations.`,
    rich: (count: number) =>
      `Different fonts within a text, in ${count === 1 ? 'one cell' : `${count} cells`}: the texts are here.`,
    protection: 'Protection of sheets: every cell can be changed here.',
    links: (count: number) => `Links to ${count === 1 ? 'another workbook' : `${count} other workbooks`}.`,
    formulas: (count: number, names: readonly string[]) =>
      `${count === 1 ? 'One formula' : `${count} formulas`} that the workbench cannot calculate` +
      `${names.length > 0 ? ` (${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''})` : ''}: ` +
      `the cells show the values from the file, and the formulas are kept for when you save.`,
  },
} as const;

/** A number of bytes for people. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
