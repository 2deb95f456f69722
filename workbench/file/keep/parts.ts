import type { ICellData, IResources, IWorkbookData, IWorksheetData } from '@univerjs/presets';
import type { View } from '../xlsx/book';
import { FRAME, partOf } from './entry';
import { unpack } from './pack';

type CellData = IWorksheetData['cellData'];

/** A workbook as it is kept: formulas without their results, which are calculated again. */
export interface Kept {
  readonly data: IWorkbookData;
  readonly view?: View;
}

/** Everything but the cells, as one piece of text. */
export function* frameText(
  data: IWorkbookData,
  resources: IResources,
  view: View | undefined,
): Generator<string> {
  const sheets = Object.fromEntries(
    Object.entries(data.sheets).map(([id, { cellData: _, ...sheet }]) => [id, sheet]),
  );
  yield JSON.stringify({ data: { ...data, sheets, resources }, view });
}

/** The cells of a sheet, a row at a time. */
export function* cellsText(cells: CellData | undefined): Generator<string> {
  let comma = '';
  yield '{';
  for (const [row, columns] of Object.entries(cells ?? {})) {
    const kept = Object.entries(columns ?? {}).flatMap(([column, cell]) => {
      const own = cell && withoutResult(cell as ICellData);
      return own && Object.keys(own).length > 0 ? [`"${column}":${JSON.stringify(own)}`] : [];
    });
    if (kept.length === 0) continue;
    yield `${comma}"${row}":{${kept.join(',')}}`;
    comma = ',';
  }
  yield '}';
}

/**
 * Puts a workbook together from its parts.
 *
 * @throws when a part is missing or damaged
 */
export async function assemble(parts: ReadonlyMap<string, Uint8Array>): Promise<Kept> {
  const textOf = async (part: string) => {
    const bytes = parts.get(part);
    if (!bytes) throw new Error(`The part ${part} is missing.`);
    return unpack(bytes);
  };
  const { data, view } = JSON.parse(await textOf(FRAME)) as Kept;
  const sheets: IWorkbookData['sheets'] = {};
  for (const id of data.sheetOrder) {
    sheets[id] = { ...data.sheets[id], cellData: JSON.parse(await textOf(partOf(id))) as CellData };
  }
  return { data: { ...data, sheets }, ...(view && { view }) };
}

/** A cell with a formula keeps the formula and its look; what it shows is calculated. */
function withoutResult(cell: ICellData): ICellData {
  if (!cell.f && !cell.si) return cell;
  const { v: _, t: __, p: ___, ...own } = cell;
  return own;
}
