import type { FUniver, IObjectMatrixPrimitiveType, IRange, Nullable, Univer } from '@univerjs/presets';
import { FormulaDataModel, type FRange, type FWorkbook } from '@univerjs/presets/preset-sheets-core';
import { sentences } from '../../src/host/sentences';
import { type Area, area, partsOf } from '../../src/workbook/address';
import { nameOn } from './names';

/** The open workbook. */
export function workbookIn(univerAPI: FUniver): FWorkbook {
  const open = univerAPI.getActiveWorkbook();
  if (!open) throw new Error('No workbook is open.');
  return open;
}

/** The cells at an address, such as `Tour!B4:C9`, `Tour!B4#` for all that its formula fills, or a name for cells (`prompt`, `Tour!prompt`). */
export function rangeAt(univer: Univer, univerAPI: FUniver, given: string): FRange {
  const workbook = workbookIn(univerAPI);
  const sheetOf = (name: string | undefined) => {
    const sheet = name ? workbook.getSheetByName(name) : workbook.getActiveSheet();
    if (!sheet) throw new Error(sentences.noSheet(name ?? ''));
    return sheet;
  };
  const { sheet: on, cells: maybeName } = partsOf(given);
  const named = nameOn(univer, workbook.getId(), sheetOf(on).getSheetId(), maybeName);
  const address = named?.formulaOrRefString ?? given;
  const { sheet: name, cells, spill } = partsOf(address);
  const sheet = sheetOf(name);
  const within = areaIn(address, cells);
  const filled = spill ? spillOf(univer, sheet.getRange(within.top, within.left))?.area : within;
  if (!filled) throw new Error(sentences.noSpill(cells));
  return rangeOver(sheet, filled);
}

/** The cells of an area. */
export function rangeOver(sheet: ReturnType<FWorkbook['getActiveSheet']>, within: Area): FRange {
  const { top, left, bottom, right } = within;
  return sheet.getRange(top, left, bottom - top + 1, right - left + 1);
}

/** The rows and columns of some cells. */
export function areaOf(range: FRange): Area {
  const { startRow: top, startColumn: left, endRow: bottom, endColumn: right } = range.getRange();
  return { top, left, bottom, right };
}

/** What a formula fills, and where the formula is, for a cell that is a part of more than one cell's result. */
export function spillOf(
  univer: Univer,
  cell: FRange,
): { area: Area; row: number; column: number } | undefined {
  const ranges = univer.__getInjector().get(FormulaDataModel).getArrayFormulaRange();
  const anchors: IObjectMatrixPrimitiveType<Nullable<IRange>> =
    ranges[cell.getUnitId()]?.[cell.getSheetId()] ?? {};
  for (const [row, columns] of Object.entries(anchors)) {
    for (const [column, range] of Object.entries<Nullable<IRange>>(columns ?? {})) {
      if (!range) continue;
      const { startRow: top, startColumn: left, endRow: bottom, endColumn: right } = range;
      const within =
        cell.getRow() >= top &&
        cell.getRow() <= bottom &&
        cell.getColumn() >= left &&
        cell.getColumn() <= right;
      if (within && (bottom > top || right > left)) {
        return { area: { top, left, bottom, right }, row: Number(row), column: Number(column) };
      }
    }
  }
  return undefined;
}

function areaIn(address: string, cells: string): Area {
  try {
    return area(cells.toUpperCase());
  } catch (cause) {
    throw new Error(sentences.noCells(address), { cause });
  }
}
