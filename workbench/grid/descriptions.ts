import { BooleanNumber } from '@univerjs/presets';
import { FunctionType, type IFunctionInfo } from '@univerjs/presets/preset-sheets-core';
import { exampleArguments } from '../../src/catalogue/catalogue';
import { parseTerms } from '../../src/catalogue/terms';
import { NAMESPACE } from '../../src/namespace';
import type { FunctionInfo } from '../invoke/metadata';

/** The name by which formulas call a function: `GPT2.EMBED`. */
export function formulaName(info: FunctionInfo): string {
  return `${NAMESPACE}.${info.name}`.toUpperCase();
}

/** What the grid shows about a function while somebody types it. */
export function describe(info: FunctionInfo): IFunctionInfo {
  const description = info.description ?? '';
  const example = parseTerms(exampleArguments({ id: info.name, parameters: info.parameters }));
  return {
    functionName: formulaName(info),
    functionType: FunctionType.User,
    description,
    abstract: description.split(/(?<=\.)\s/)[0] ?? '',
    // The grid puts the parameters' examples together into one call; what the example leaves out stands in brackets.
    functionParameter: info.parameters.map((parameter, place) => ({
      name: parameter.name,
      detail: parameter.description ?? '',
      example: example[place]?.text ?? `[${parameter.name}]`,
      require: parameter.optional ? BooleanNumber.FALSE : BooleanNumber.TRUE,
      repeat: parameter.repeating ? BooleanNumber.TRUE : BooleanNumber.FALSE,
    })),
  };
}
