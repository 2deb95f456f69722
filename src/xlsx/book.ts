import { writeXlsx } from 'hucre/xlsx';
import { absolute, onSheet } from '../workbook/address';
import type { Sheet } from '../workbook/sheet';
import { withUnjoinedPoints } from './points';
import { fileSheet } from './sheet';

/** What the file says about itself. */
export interface BookProperties {
  readonly title: string;
  readonly description?: string;
}

/** Letters that a sheet's name may have, and the length that spreadsheets give it. */
const NAME = /^(?!')[^\\/?*[\]:]{1,31}(?<!')$/;

/**
 * Sheets as the bytes of an .xlsx file. It is calculated when it is opened; until then it shows the results that its
 * cells brought along. Colour scales become conditional formats, charts native charts, notes the notes of cells.
 *
 * @param onSheet called before each sheet is taken in: some time passes between two of them, so that a page can draw
 * @throws RangeError naming a sheet whose name spreadsheets do not take, or that two sheets have
 */
export async function xlsxOf(
  sheets: readonly Sheet[],
  properties: BookProperties,
  onProgress?: (done: number, total: number, sheet: string) => void | Promise<void>,
): Promise<Uint8Array> {
  checkNames(sheets);
  const written = [];
  for (const [done, sheet] of sheets.entries()) {
    await onProgress?.(done, sheets.length + 1, sheet.name);
    written.push(fileSheet(sheet));
  }
  await onProgress?.(sheets.length, sheets.length + 1, '');
  const file = await writeXlsx({
    sheets: written,
    properties: {
      title: properties.title,
      ...(properties.description && { description: properties.description }),
    },
    namedRanges: sheets.flatMap(({ name: scope, names }) =>
      Object.entries(names).map(([name, cells]) => ({ name, scope, range: onSheet(scope, absolute(cells)) })),
    ),
    defaultFont: { name: 'Segoe UI', size: 10 },
  });
  const hasPoints = sheets.some(({ charts }) => charts?.some(({ kind }) => kind === 'points'));
  return hasPoints ? withUnjoinedPoints(file) : file;
}

function checkNames(sheets: readonly Sheet[]): void {
  const taken = new Set<string>();
  for (const { name } of sheets) {
    if (!NAME.test(name)) {
      throw new RangeError(
        `A sheet cannot be called “${name}”: 1 to 31 letters are allowed, without \\ / ? * [ ] : and no ' at the ends.`,
      );
    }
    const key = name.toLowerCase();
    if (taken.has(key))
      throw new RangeError(`Two sheets are called “${name}”; upper and lower case do not count.`);
    taken.add(key);
  }
}
