import { BooleanNumber } from '@univerjs/presets';
import { FunctionType, type IFunctionInfo } from '@univerjs/presets/preset-sheets-core';
import { NAMESPACE } from '../../src/namespace';
import type { FunctionInfo } from '../invoke/metadata';

/** The name by which formulas call a function: `GPT2.EMBED`. */
export function formulaName(info: FunctionInfo): string {
  return `${NAMESPACE}.${info.name}`.toUpperCase();
}

/** What the grid shows about a function while somebody types it. */
export function describe(info: FunctionInfo): IFunctionInfo {
  const description = info.description ?? '';
  return {
    functionName: formulaName(info),
    functionType: FunctionType.User,
    description,
    abstract: description.split(/(?<=\.)\s/)[0] ?? '',
    functionParameter: info.parameters.map((parameter) => ({
      name: parameter.name,
      detail: parameter.description ?? '',
      example: parameter.name,
      require: parameter.optional ? BooleanNumber.FALSE : BooleanNumber.TRUE,
      repeat: parameter.repeating ? BooleanNumber.TRUE : BooleanNumber.FALSE,
    })),
  };
}
