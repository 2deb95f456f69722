import type { IRange, Nullable } from '@univerjs/presets';
import { FormulaDataModel } from '@univerjs/presets/preset-sheets-core';
import { holds, meet } from './areas';
import type { ByCell, BySheet, CellValue } from './recalculation/univer';

/** What Univer keeps private of the cells into which formulas spill. */
interface Spilled {
  /** By the row and column of the formula, the cells that it fills. */
  _arrayFormulaRange: BySheet<ByCell<IRange>>;
  _arrayFormulaCellData: BySheet<ByCell<CellValue>>;
  /** @param cells those that are changed @returns whether anything has been forgotten */
  updateArrayFormulaCellData(unit: string, sheet: string, cells: Nullable<ByCell<unknown>>): boolean;
}

interface Spill {
  readonly row: number;
  readonly column: number;
  readonly range: IRange;
}

/**
 * Makes Univer forget what formulas have spilled into cells that are changed in less time. By itself it goes through all
 * spills of the sheet for each cell: with the whole model in cells, emptying them took most of a minute.
 */
export function hastenClearing(): void {
  const model = FormulaDataModel.prototype as unknown as Spilled;
  model.updateArrayFormulaCellData = function (unit, sheet, cells) {
    const ranges = this._arrayFormulaRange[unit]?.[sheet];
    const data = this._arrayFormulaCellData[unit]?.[sheet];
    return ranges && data && cells ? forget(spillsOf(ranges), data, cells) : false;
  };
}

/** @returns whether anything was to be forgotten */
export function forget(spills: readonly Spill[], data: ByCell<CellValue>, changed: ByCell<unknown>): boolean {
  const isChanged = (row: number, column: number) => Object.hasOwn(changed[row] ?? {}, column);
  const formulas = new Set(spills.map(({ row, column }) => `${row},${column}`));
  let any = false;
  for (const spill of spills) {
    // With its formula a spill goes as a whole, but for cells that are another's.
    const whole = isChanged(spill.row, spill.column);
    const others = whole ? spills.filter((other) => other !== spill && meet(other.range, spill.range)) : [];
    any ||= whole;
    each(spill.range, changed, whole, (row, column) => {
      const own = whole && !others.some(({ range }) => holds(range, row, column));
      const single = isChanged(row, column) && !formulas.has(`${row},${column}`);
      any ||= single;
      if (own || single) delete data[row]?.[column];
    });
  }
  return any;
}

function spillsOf(ranges: ByCell<IRange>): Spill[] {
  const spills: Spill[] = [];
  for (const [row, columns] of Object.entries(ranges)) {
    for (const [column, range] of Object.entries(columns ?? {})) {
      if (range) spills.push({ row: Number(row), column: Number(column), range });
    }
  }
  return spills;
}

/** Visits the cells of a range: all of them, or those of rows in which anything has changed. */
function each(
  { startRow, endRow, startColumn, endColumn }: IRange,
  changed: ByCell<unknown>,
  all: boolean,
  visit: (row: number, column: number) => void,
): void {
  for (let row = startRow; row <= endRow; row++) {
    if (!all && !changed[row]) continue;
    for (let column = startColumn; column <= endColumn; column++) visit(row, column);
  }
}
