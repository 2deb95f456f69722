import type { Operand } from '../explanation';
import { only } from '../operands';
import { figure, strings } from '../strings';
import type { Calculation } from './calculation';
import { plus } from './dot';

/** GELU of one number, in GPT-2's tanh form. */
export function geluOf(symbol: string, operand: Operand): Calculation {
  const x = only(operand);
  const argument = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
  const bent = Math.tanh(argument);
  const result = 0.5 * x * (1 + bent);
  return {
    result,
    operands: [operand],
    lines: [
      {
        symbols: 'u = √(2 ÷ π) × (x + 0.044715 × x³)',
        numbers: `u = ${figure(Math.sqrt(2 / Math.PI))} × (${figure(x)}${plus(0.044715 * x ** 3)}) = ${figure(argument)}`,
      },
      {
        symbols: `${symbol} = ½ × x × (1 + tanh(u))`,
        numbers: `${symbol} = ½ × ${figure(x)} × (1${plus(bent)}) = ${figure(result)}`,
      },
    ],
    tables: [
      {
        caption: strings.tables.parts,
        headings: [strings.tables.part, strings.tables.value],
        rows: [
          { label: `x, ${operand.label}`, values: [x] },
          { label: 'u', values: [argument] },
          { label: 'tanh(u)', values: [bent] },
        ],
      },
    ],
    write(into) {
      const given = into.operand(operand);
      const inner = into.number('u', ['=SQRT(2/PI())*(', given, '+0.044715*', given, '^3)']);
      return into.number(symbol, ['=0.5*', given, '*(1+TANH(', inner, '))']);
    },
  };
}
