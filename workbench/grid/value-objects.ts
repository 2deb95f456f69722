import type { Nullable } from '@univerjs/presets';
import {
  ArrayValueObject,
  type BaseFunction,
  type BaseValueObject,
  BooleanValueObject,
  ErrorType,
  ErrorValueObject,
  NullValueObject,
  NumberValueObject,
  StringValueObject,
} from '@univerjs/presets/preset-sheets-core';
import type { Result } from '../invoke/results';
import { type Argument, type CellValue, isError } from '../invoke/values';

/** What a function of Univer's gives back. */
export type NodeValue = ReturnType<BaseFunction['calculate']>;

/** Reads one argument of a formula from Univer. */
export function readArgument(variant: BaseValueObject): Argument {
  if (variant.isLambda()) return { scalar: { error: ErrorType.VALUE } };
  if (variant.isArray()) {
    const array = variant as ArrayValueObject;
    return { rows: array.getArrayValue().map((row) => Array.from(row, readCell)) };
  }
  return variant.isNull() ? { omitted: true } : { scalar: readCell(variant) };
}

/** Writes what a call shows for Univer. Texts stay texts, even where they look like numbers. */
export function writeResult(result: Result): NodeValue {
  if (!Array.isArray(result)) return writeCell(result as CellValue);
  const known = written.get(result);
  const value = known ?? writeRows(result as readonly (readonly CellValue[])[]);
  if (!known) written.set(result, value);
  return value;
}

/** Results as they were written for Univer, which never changes what it is given: cells ask for the same ones again. */
const written = new WeakMap<object, ArrayValueObject>();

function writeRows(rows: readonly (readonly CellValue[])[]): ArrayValueObject {
  return ArrayValueObject.create({
    calculateValueList: rows.map((row) => row.map(writeCell)),
    rowCount: rows.length,
    columnCount: rows[0]?.length ?? 0,
    unitId: '',
    sheetId: '',
    row: -1,
    column: -1,
  });
}

function readCell(value: Nullable<BaseValueObject>): CellValue {
  if (!value || value.isNull()) return null;
  if (value.isError()) return { error: (value as unknown as ErrorValueObject).getErrorType() };
  return value.getValue();
}

function writeCell(value: CellValue): BaseValueObject {
  if (value === null) return NullValueObject.create();
  if (typeof value === 'number') return NumberValueObject.create(value);
  if (typeof value === 'boolean') return BooleanValueObject.create(value);
  if (isError(value)) return ErrorValueObject.create(value.error as ErrorType) as unknown as BaseValueObject;
  return StringValueObject.create(value);
}
