import { BaseFunction, type BaseValueObject } from '@univerjs/presets/preset-sheets-core';
import type { FunctionInfo } from '../invoke/metadata';
import type { Result } from '../invoke/results';
import type { Argument } from '../invoke/values';
import { formulaName } from './descriptions';
import { type NodeValue, readArgument, writeResult } from './value-objects';

/** A cell of the workbook, rows and columns from 0. */
export interface Place {
  unit: string;
  sheet: string;
  row: number;
  column: number;
}

/** Gives what a call shows at once; it must not throw. */
export type Answer = (place: Place, info: FunctionInfo, given: Argument[]) => Result;

type FunctionClass = new (name: string) => BaseFunction;

/** The add-in's functions as Univer takes them: classes with their names. */
export function hostedFunctions(
  functions: readonly FunctionInfo[],
  answer: Answer,
): [FunctionClass, string][] {
  return functions.map((info) => [hosted(info, answer), formulaName(info)]);
}

/**
 * Univer has asynchronous functions too, but it waits for one before it looks at the next cell. These answer at once
 * (see `Calls`), and their cells are calculated again when the result is there.
 */
function hosted(info: FunctionInfo, answer: Answer): FunctionClass {
  return class extends BaseFunction {
    override calculate(...variants: BaseValueObject[]): NodeValue {
      const place = {
        unit: this.unitId ?? '',
        sheet: this.subUnitId ?? '',
        row: this.row,
        column: this.column,
      };
      return writeResult(answer(place, info, variants.map(readArgument)));
    }
  };
}
