import { type ICellData, type IRange, isNullCell, type Nullable } from '@univerjs/presets';
import { FormulaRuntimeService } from '@univerjs/presets/preset-sheets-core';
import { holds, meet } from './areas';

/** Ranges of the formulas that spill: by workbook and sheet, then by the row and column of the formula. */
type Spills = Nullable<Record<string, Nullable<Record<string, Nullable<SheetSpills>>>>>;
type SheetSpills = Record<number, Nullable<Record<number, Nullable<IRange>>>>;

/** What Univer keeps private of the service that holds the results of a calculation. */
export interface Results {
  _currentConfigService: {
    getArrayFormulaRange(): Spills;
    getArrayFormulaCellData(): Nullable<Record<string, Nullable<Record<string, Cells>>>>;
    getUnitData(): Nullable<Record<string, Nullable<Record<string, { cellData: Cells }>>>>;
  };
  _runtimeData: Nullable<Record<string, Nullable<Record<string, Cells>>>>;
  _unitArrayFormulaRange: Spills;
  _checkIfArrayFormulaRangeHasData(): boolean;
}

interface Cells {
  getValue(row: number, column: number): Nullable<ICellData>;
}

type Formula = [unit: string, sheet: string, row: number, column: number];

/**
 * Keeps Univer from looking for what is in the way of a result: `hasRoom` does that before, once for a formula. By itself it
 * goes through all spills of the sheet for each cell that a formula fills, which takes most of the time as soon as a
 * sheet holds a hundred of them. And where it finds something in the way, it empties formulas there that were
 * calculated first.
 */
export function leaveSpills(): void {
  const results = FormulaRuntimeService.prototype as unknown as Results;
  results._checkIfArrayFormulaRangeHasData = () => false;
}

/**
 * Whether nothing is in the cells that a formula would fill. What counts is what others fill according to the
 * calculation under way, and otherwise what they filled before it.
 */
export function hasRoom(results: Results, ...formula: [...Formula, IRange]): boolean {
  const [unit, sheet, row, column, range] = formula;
  if (others(results, unit, sheet, row, column).some((spill) => meet(spill, range))) return false;
  return !holdsContent(results, ...formula);
}

/** Whether there is anything else in the cells that a formula would fill. */
function holdsContent(runtime: Results, ...[unit, sheet, row, column, range]: [...Formula, IRange]): boolean {
  const config = runtime._currentConfigService;
  const results = runtime._runtimeData?.[unit]?.[sheet];
  const cells = config.getUnitData()?.[unit]?.[sheet]?.cellData;
  const spilled = config.getArrayFormulaCellData()?.[unit]?.[sheet];
  const before = config.getArrayFormulaRange()?.[unit]?.[sheet]?.[row]?.[column];
  for (let r = range.startRow; r <= range.endRow; r++) {
    for (let c = range.startColumn; c <= range.endColumn; c++) {
      if (r === row && c === column) continue;
      if (!isNullCell(results?.getValue(r, c))) return true;
      const cell = cells?.getValue(r, c);
      if (isNullCell(cell)) continue;
      const own = before && holds(before, r, c) ? spilled?.getValue(r, c) : undefined;
      if (own?.v === undefined || own.v !== cell?.v || own.t !== cell?.t) return true;
    }
  }
  return false;
}

/** The cells of a sheet that formulas fill, without those of one formula. */
function others(runtime: Results, unit: string, sheet: string, row: number, column: number): IRange[] {
  const before = runtime._currentConfigService.getArrayFormulaRange()?.[unit]?.[sheet];
  const after = runtime._unitArrayFormulaRange?.[unit]?.[sheet];
  const results = runtime._runtimeData?.[unit]?.[sheet];
  const shown = runtime._currentConfigService.getUnitData()?.[unit]?.[sheet]?.cellData;
  const found: IRange[] = [];
  const look = (spills: Nullable<SheetSpills>, counts: (r: number, c: number) => boolean) => {
    for (const [r, columns] of Object.entries(spills ?? {})) {
      for (const [c, range] of Object.entries(columns ?? {})) {
        const itself = Number(r) === row && Number(c) === column;
        if (range && !itself && counts(Number(r), Number(c))) found.push(range);
      }
    }
  };
  // A formula that itself has found no room is in nobody's way.
  look(before, (r, c) => !results?.getValue(r, c) && shown?.getValue(r, c)?.v !== '#SPILL!');
  look(after, (r, c) => results?.getValue(r, c)?.v !== '#SPILL!');
  return found;
}
