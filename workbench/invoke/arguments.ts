import { ALLOWS_ERRORS, CANCELABLE, STREAMING, type Wire } from '../runtime/protocol';
import { coerce } from './coerce';
import type { FunctionInfo, ParameterInfo } from './metadata';
import { type Argument, BUSY, type CellError, type CellValue, isError } from './values';

/** Arguments ready to be sent, or the error that the cell shows without any call. */
export type Prepared = { values: Wire[]; flags: number } | CellError;

/**
 * Turns a formula's arguments into what Excel would send for the function's declaration: every declared parameter
 * has a place, `null` where an optional one is omitted; a matrix parameter gets rows even for one cell; each cell is
 * converted to the declared type; an error among them ends the call, unless the function takes errors.
 */
export function prepareArguments(info: FunctionInfo, given: readonly Argument[]): Prepared {
  const { parameters } = info;
  const repeating = parameters.at(-1)?.repeating ?? false;
  if (given.length > parameters.length && !repeating) {
    return failure(`${info.name} takes ${count(parameters.length, 'argument')}, not ${given.length}.`);
  }

  const values: Wire[] = [];
  for (const [index, parameter] of parameters.entries()) {
    const value = parameter.repeating
      ? all(given.slice(index).map((argument) => prepare(info, parameter, argument)))
      : prepare(info, parameter, given[index]);
    if (isError(value)) return value;
    values.push(value);
  }
  return { values, flags: flagsOf(info) };
}

function prepare(info: FunctionInfo, parameter: ParameterInfo, argument?: Argument): Wire | CellError {
  if (!argument || 'omitted' in argument) {
    if (parameter.optional) return null;
    if (!argument) return failure(`${info.name} needs ${parameter.name}.`);
  }
  const rows = rowsOf(argument);
  if (parameter.dimensionality === 'matrix') {
    return all(rows.map((row) => all(row.map((cell) => convert(info, parameter, cell)))));
  }
  const [first] = rows;
  if (rows.length !== 1 || first?.length !== 1) {
    const size = `${rows.length} rows of ${first?.length ?? 0}`;
    return failure(`${info.name} takes one value as ${parameter.name}, not ${size}.`);
  }
  return convert(info, parameter, first[0] ?? null);
}

function rowsOf(argument: Argument): readonly (readonly CellValue[])[] {
  if ('rows' in argument) return argument.rows;
  return [['scalar' in argument ? argument.scalar : null]];
}

function convert(info: FunctionInfo, parameter: ParameterInfo, cell: CellValue): Wire | CellError {
  const type = parameter.type ?? 'any';
  if (!isError(cell)) return coerce(cell, type) ?? failure(`${parameter.name} must be a ${type}.`);
  // What is not calculated yet is no error: Excel calls no function with it, not even one that takes errors.
  if (type !== 'any' || !info.allowErrorForDataTypeAny || cell.error === BUSY) return cell;
  return { type: 'CustomFunctionError', code: cell.error };
}

/** The values, or the first error among them. */
function all(values: readonly (Wire | CellError)[]): Wire | CellError {
  return values.find(isError) ?? (values as readonly Wire[]);
}

function flagsOf({ options = {}, allowErrorForDataTypeAny }: FunctionInfo): number {
  return (
    (options.cancelable || options.stream ? CANCELABLE : 0) |
    (options.stream ? STREAMING : 0) |
    (allowErrorForDataTypeAny ? ALLOWS_ERRORS : 0)
  );
}

const failure = (message: string): CellError => ({ error: '#VALUE!', message });

const count = (n: number, noun: string) => `${n === 0 ? 'no' : n} ${noun}${n === 1 ? '' : 's'}`;
