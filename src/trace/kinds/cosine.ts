import type { Operand } from '../explanation';
import { figure, strings } from '../strings';
import { type Calculation, sum } from './calculation';
import { dot } from './dot';

/** How nearly two vectors point the same way. */
export function cosine(left: Operand, right: Operand): Calculation {
  const inner = dot({
    symbol: 'a · b',
    left,
    right,
    heading: strings.tables.place,
    labels: (i) => strings.axes.place(i, undefined),
  });
  const product = inner.result as number;
  const [a = 0, b = 0] = [left, right].map(({ values }) => Math.sqrt(sum(values.map((x) => x * x))));
  const result = product / (a * b);
  return {
    ...inner,
    result,
    lines: [
      inner.lines[0] as Calculation['lines'][number],
      {
        symbols: `${strings.lines.cosine} = a · b ÷ (|a| × |b|)`,
        numbers: `${strings.lines.cosine} = ${figure(product)} ÷ (${figure(a)} × ${figure(b)}) = ${figure(result)}`,
      },
    ],
    write(into) {
      const x = into.vector(left);
      const y = into.vector(right);
      const xy = into.number('a · b', ['=SUMPRODUCT(', x, ',', y, ')']);
      const xx = into.number('|a|', ['=SQRT(SUMSQ(', x, '))']);
      const yy = into.number('|b|', ['=SQRT(SUMSQ(', y, '))']);
      return into.number(strings.lines.cosine, ['=', xy, '/(', xx, '*', yy, ')']);
    },
  };
}
