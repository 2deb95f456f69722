import type { IRange, Nullable } from '@univerjs/presets';
import { BaseReferenceObject, CELL_INVERTED_INDEX_CACHE } from '@univerjs/presets/preset-sheets-core';
import { holds } from '../areas';
import type { CellValue } from './univer';

/** What Univer's references know of the sheet that they lead to. */
interface Reference {
  getCellData(row: number, column: number): Nullable<CellValue>;
  getRuntimeFeatureCellValue(row: number, column: number): Nullable<CellValue>;
  /** What this calculation has given: for the cells of formulas, for those that formulas fill, and the ranges of these. */
  getCurrentRuntimeSheetData(): Nullable<Cells>;
  getCurrentRuntimeActiveArrayFormulaCellData(): Nullable<Cells>;
  getCurrentRuntimeActiveArrayFormulaRange(): Nullable<object>;
  /** What was there before: in cells, and in those that formulas fill. */
  getCurrentActiveSheetData(): Nullable<{ cellData: Cells }>;
  getCurrentActiveArrayFormulaCellData(): Nullable<Cells>;
}

interface Cells {
  getValue(row: number, column: number): Nullable<CellValue>;
}

/** By the ranges that formulas of a sheet fill according to a calculation: cells that they filled before, and do not now. */
const withdrawn = new WeakMap<object, IRange[]>();

/** To be called when a formula fills fewer cells than before. @param ranges what formulas of its sheet fill now */
export function withdraw(ranges: object, before: IRange): void {
  withdrawn.set(ranges, [...(withdrawn.get(ranges) ?? []), before]);
}

/**
 * Makes Univer look into single cells faster. For each cell that a formula fills it goes through all formulas of the
 * sheet that fill cells, in case one of them has just been calculated and fills it no more; here those few are known.
 */
export function hastenReading(): void {
  const reference = BaseReferenceObject.prototype as unknown as Reference;
  reference.getCellData = function (row, column) {
    const now =
      this.getCurrentRuntimeSheetData()?.getValue(row, column) ||
      this.getCurrentRuntimeActiveArrayFormulaCellData()?.getValue(row, column) ||
      this.getRuntimeFeatureCellValue(row, column);
    if (now) return now;
    const before = this.getCurrentActiveArrayFormulaCellData()?.getValue(row, column);
    if (!before) return this.getCurrentActiveSheetData()?.cellData.getValue(row, column);
    const gone = withdrawn.get(this.getCurrentRuntimeActiveArrayFormulaRange() ?? {});
    return gone?.some((range) => holds(range, row, column)) ? null : before;
  };

  // What lookups remember of a column is brought up to date with each result, by going through all of its values. Here
  // they forget it with each pass: within one, they look at cells that have their values.
  const remember = CELL_INVERTED_INDEX_CACHE.set;
  CELL_INVERTED_INDEX_CACHE.set = function (...[unit, sheet, column, value, row, update = false]) {
    if (!update) remember.call(this, unit, sheet, column, value, row, false);
  };
}
