import type { IRange, Nullable } from '@univerjs/presets';
import { FormulaRuntimeService } from '@univerjs/presets/preset-sheets-core';

/** Ranges of the formulas that spill: by workbook and sheet, then by the row and column of the formula. */
type Spills = Nullable<Record<string, Nullable<Record<string, Nullable<SheetSpills>>>>>;
type SheetSpills = Record<number, Nullable<Record<number, Nullable<IRange>>>>;

/** What Univer keeps private of the service that holds the results of a calculation. */
interface Runtime {
  _currentConfigService: { getArrayFormulaRange(): Spills };
  _runtimeData: Nullable<
    Record<
      string,
      Nullable<Record<string, { getValue(row: number, column: number): Nullable<{ v?: unknown }> }>>
    >
  >;
  _checkIfArrayFormulaRangeHasData(...where: [...Formula, range: IRange]): boolean;
  _isInOtherArrayFormulaRange(...where: [...Formula, row: number, column: number]): boolean;
  /** Of the formula at hand: the spills of others that its own would meet. */
  inTheWay?: readonly Spill[];
}

type Formula = [unit: string, sheet: string, row: number, column: number];
type Spill = { row: number; column: number; range: IRange };

/**
 * Makes Univer look for spills in the way once for each formula. By itself it goes through all spills of the sheet for
 * each cell that a formula fills, which takes most of the time as soon as a sheet holds a hundred of them.
 */
export function hastenSpills(): void {
  const runtime = FormulaRuntimeService.prototype as unknown as Runtime;
  const hasData = runtime._checkIfArrayFormulaRangeHasData;
  runtime._checkIfArrayFormulaRangeHasData = function (unit, sheet, row, column, range) {
    this.inTheWay = others(
      this._currentConfigService.getArrayFormulaRange()?.[unit]?.[sheet],
      row,
      column,
    ).filter((spill) => meet(spill.range, range));
    return hasData.call(this, unit, sheet, row, column, range);
  };
  runtime._isInOtherArrayFormulaRange = function (unit, sheet, _row, _column, r, c) {
    const cells = this._runtimeData?.[unit]?.[sheet];
    // A formula that itself has found no room is in nobody's way.
    return (this.inTheWay ?? []).some(
      ({ row, column, range }) => holds(range, r, c) && cells?.getValue(row, column)?.v !== '#SPILL!',
    );
  };
}

/** The spills of a sheet, without that of one formula. */
function others(spills: Nullable<SheetSpills>, row: number, column: number): Spill[] {
  const found: Spill[] = [];
  for (const [r, columns] of Object.entries(spills ?? {})) {
    for (const [c, range] of Object.entries(columns ?? {})) {
      if (range && !(Number(r) === row && Number(c) === column)) {
        found.push({ row: Number(r), column: Number(c), range });
      }
    }
  }
  return found;
}

const meet = (a: IRange, b: IRange): boolean =>
  a.startRow <= b.endRow &&
  b.startRow <= a.endRow &&
  a.startColumn <= b.endColumn &&
  b.startColumn <= a.endColumn;

const holds = ({ startRow, endRow, startColumn, endColumn }: IRange, row: number, column: number): boolean =>
  row >= startRow && row <= endRow && column >= startColumn && column <= endColumn;
