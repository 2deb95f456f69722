import type { Operand } from '../explanation';
import { only } from '../operands';
import { figure, strings } from '../strings';
import { type Calculation, sum, weightiest } from './calculation';
import { plus } from './dot';

/** One number of a row after LayerNorm. */
export interface Norm {
  readonly symbol: string;
  /** The row before. */
  readonly row: Operand;
  /** Which number of it. */
  readonly at: number;
  /** 1 where left out. */
  readonly gain?: Operand;
  /** 0 where left out. */
  readonly bias?: Operand;
  readonly epsilon: number;
  readonly labels: (i: number) => string;
}

/** LayerNorm: mean 0 and variance 1 (divided by n), times the gain, plus the bias. */
export function norm({ symbol, row, at, gain, bias, epsilon, labels }: Norm): Calculation {
  const { values } = row;
  const x = values[at] as number;
  const mean = sum(values) / values.length;
  const variance = sum(values.map((value) => (value - mean) ** 2)) / values.length;
  const root = Math.sqrt(variance + epsilon);
  const unit = (x - mean) / root;
  const times = gain ? only(gain) : 1;
  const added = bias ? only(bias) : 0;
  const result = unit * times + added;
  const { listed, rest } = weightiest(values);
  return {
    result,
    operands: [row, ...(gain ? [gain] : []), ...(bias ? [bias] : [])],
    lines: [
      {
        symbols: `${strings.lines.mean} = ${strings.lines.sumOver('xᵢ')} ÷ n`,
        numbers: `${strings.lines.mean} = ${figure(sum(values))} ÷ ${values.length} = ${figure(mean)}`,
      },
      {
        symbols: `${strings.lines.variance} = ${strings.lines.sumOver(`(xᵢ − ${strings.lines.mean})²`)} ÷ n`,
        numbers: `${strings.lines.variance} = ${figure(variance * values.length)} ÷ ${values.length} = ${figure(variance)}`,
      },
      {
        symbols: `${symbol} = (x − ${strings.lines.mean}) ÷ √(${strings.lines.variance} + ε) × ${strings.lines.gain} + ${strings.lines.bias}`,
        numbers:
          `${symbol} = (${figure(x)}${plus(-mean)}) ÷ √(${figure(variance)}${plus(epsilon)}) × ${figure(times)}` +
          `${plus(added)} = ${figure(result)}`,
      },
    ],
    tables: [
      {
        caption: strings.tables.parts,
        headings: [strings.tables.part, strings.tables.value],
        rows: [
          { label: strings.lines.x(labels(at)), values: [x] },
          { label: strings.lines.mean, values: [mean] },
          { label: strings.lines.variance, values: [variance] },
          { label: 'ε', values: [epsilon] },
          { label: strings.lines.gain, values: [times] },
          { label: strings.lines.bias, values: [added] },
        ],
      },
      {
        caption: strings.tables.largestOf(row.label, values.length),
        headings: [strings.tables.dimension, 'x'],
        rows: listed.map((i) => ({
          label: labels(i),
          values: [values[i] as number],
          ...(i === at && { own: true }),
        })),
        ...(rest.length > 0 && {
          rest: {
            label: strings.tables.restOfNumbers(rest.length),
            sum: sum(rest.map((i) => values[i] as number)),
          },
        }),
      },
    ],
    write(into) {
      const all = into.vector(row);
      const own = into.number(strings.lines.x(labels(at)), ['=INDEX(', all, `,${at + 1})`]);
      const middle = into.number(strings.lines.mean, ['=AVERAGE(', all, ')']);
      const spread = into.number(strings.lines.variance, [
        '=SUMPRODUCT(',
        ...[all, '-', middle, ',', all, '-', middle],
        ')/COUNT(',
        all,
        ')',
      ]);
      const eps = into.number('ε', epsilon);
      const g = gain ? into.operand(gain) : into.number(strings.lines.gain, 1);
      const b = bias ? into.operand(bias) : into.number(strings.lines.bias, 0);
      return into.number(symbol, ['=(', own, '-', middle, ')/SQRT(', spread, '+', eps, ')*', g, '+', b]);
    },
  };
}
