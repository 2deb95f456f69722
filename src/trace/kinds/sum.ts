import type { Operand } from '../explanation';
import { only } from '../operands';
import { figure, strings } from '../strings';
import { type Calculation, sum, weightiest } from './calculation';
import { plus } from './dot';

/** Numbers added up; divided by how many they are where their mean is meant. */
export interface Sum {
  readonly symbol: string;
  readonly terms: readonly Operand[];
  readonly mean?: boolean;
  readonly notes?: readonly string[];
}

/** More terms than this are written as a sum over them. */
const WRITTEN_OUT = 4;

/** A sum or a mean of single numbers: the residual stream, all heads' results, the mean pattern. */
export function sumOf({ symbol, terms, mean = false, notes }: Sum): Calculation {
  const values = terms.map(only);
  const total = sum(values);
  const result = mean ? total / values.length : total;
  const few = terms.length <= WRITTEN_OUT;
  const [first, second, ...more] = terms;
  const symbols = few
    ? terms.map((term) => term.symbol).join(' + ')
    : `${first?.symbol} + ${second?.symbol} + … + ${more.at(-1)?.symbol}`;
  const [head = 0, ...tail] = few ? values : values.slice(0, 2);
  const numbers = `${figure(head)}${tail.map(plus).join('')}${few ? '' : ` + …${plus(values.at(-1) as number)}`}`;
  const divided = (text: string) => (mean ? `(${text}) ÷ ${values.length}` : text);
  const { listed, rest } = weightiest(values);
  return {
    result,
    notes,
    operands: terms,
    lines: [
      {
        symbols: `${symbol} = ${divided(symbols)}`,
        numbers: `${symbol} = ${divided(numbers)} = ${figure(result)}`,
      },
    ],
    tables: [
      {
        caption: mean ? strings.tables.mean(values.length) : strings.tables.terms(values.length),
        headings: [strings.tables.term, strings.tables.value],
        rows: listed.map((i) => ({ label: (terms[i] as Operand).label, values: [values[i] as number] })),
        ...(rest.length > 0 && {
          rest: {
            label: strings.tables.restOfTerms(rest.length),
            sum: sum(rest.map((i) => values[i] as number)),
          },
        }),
      },
    ],
    write(into) {
      const cells = terms.map((term) => into.operand(term));
      const range = { ...(cells[0] as (typeof cells)[number]), rows: cells.length };
      return into.number(symbol, [mean ? '=AVERAGE(' : '=SUM(', range, ')']);
    },
  };
}
