import type { Operand } from '../explanation';
import { only } from '../operands';
import { figure } from '../strings';
import type { Calculation } from './calculation';

/** A number taken as it is: an entry of a parameter, or a cell that a function passes on. */
export function lookup(
  symbol: string,
  source: string,
  operand: Operand,
  notes: readonly string[] = [],
): Calculation {
  return {
    result: only(operand),
    notes,
    operands: [operand],
    lines: [
      {
        symbols: `${symbol} = ${operand.symbol}`,
        numbers: `${symbol} = ${source} = ${figure(only(operand))}`,
      },
    ],
    tables: [],
    write: (into) => into.operand(operand),
  };
}
