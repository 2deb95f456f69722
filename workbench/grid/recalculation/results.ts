import type { IRange } from '@univerjs/presets';
import { ErrorType, ErrorValueObject } from '@univerjs/presets/preset-sheets-core';
import { isCell } from '../areas';
import { hasRoom, type Results } from '../spills';
import type { Runtime, Tree, Value } from './univer';

/** Leaves what a formula gives where the calculation under way keeps its results, or `#SPILL!` if there is no room for it. */
export function keep(runtime: Runtime, tree: Tree, value: Value): void {
  const { unitId, subUnitId, row, column, rowCount, columnCount } = tree;
  const range = filledBy(value, row, column);
  if (!range) {
    runtime.setRuntimeData(value);
    return;
  }
  const results = runtime as unknown as Results;
  const beyond = range.endRow >= rowCount || range.endColumn >= columnCount;
  if (!beyond && hasRoom(results, unitId, subUnitId, row, column, range)) {
    runtime.setRuntimeData(value);
    return;
  }
  runtime.setRuntimeData(ErrorValueObject.create(ErrorType.SPILL) as unknown as Value);
  const error = runtime.getUnitData()[unitId]?.[subUnitId]?.getValue(row, column);
  if (error) runtime.getRuntimeArrayFormulaCellData()[unitId]?.[subUnitId]?.setValue(row, column, error);
  // Univer calculates the formula again when something within the range that it would fill is changed.
  const ranges = runtime.getUnitArrayFormula()[unitId]?.[subUnitId];
  if (!ranges) return;
  ranges[row] ??= {};
  const ofRow = ranges[row] as Record<number, IRange>;
  ofRow[column] = range;
}

/** The cells that a value of more than one cell would fill. */
function filledBy(value: Value, row: number, column: number): IRange | undefined {
  if (!value.isReferenceObject() && !(value.isValueObject() && value.isArray())) return undefined;
  const position = (value as unknown as { getRangePosition(): IRange }).getRangePosition();
  if (isCell(position)) return undefined;
  const { startRow, endRow, startColumn, endColumn } = position;
  return {
    startRow: row,
    startColumn: column,
    endRow: row + endRow - startRow,
    endColumn: column + endColumn - startColumn,
  };
}
