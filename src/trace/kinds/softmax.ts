import { MASKED } from '../../gpt2/activations';
import type { Operand } from '../explanation';
import { figure, strings } from '../strings';
import { type Calculation, sum, weightiest } from './calculation';

/** One number of a row after softmax. */
export interface Softmax {
  readonly symbol: string;
  /** The row before: scores or logits. */
  readonly row: Operand;
  readonly at: number;
  readonly temperature?: number;
  /** Names the numbers of the row that are listed. */
  readonly labels: (i: number) => string;
  readonly heading: string;
  readonly notes?: readonly string[];
}

/** Rows longer than this are not put into cells: the formulas take them from the function at once. */
const LONGEST_COLUMN = 200;

/** What softmax divides by, and what it takes off first. */
export function softmaxParts(values: readonly number[], temperature = 1) {
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = values.map((value) => Math.exp((value - largest) / temperature));
  return { largest, powers, total: sum(powers) };
}

/** Softmax: e to each number, as a part of the sum of all of them. */
export function softmax({ symbol, row, at, temperature, labels, heading, notes }: Softmax): Calculation {
  const { largest, powers, total } = softmaxParts(row.values, temperature);
  const s = row.symbol;
  const own = row.values[at] as number;
  const result = (powers[at] as number) / total;
  const by = temperature === undefined ? '' : ` ÷ ${strings.lines.temperature}`;
  const exponent = (text: string) => (temperature === undefined ? text : `(${text})${by}`);
  const { listed, rest } = weightiest(powers);
  return {
    result,
    notes,
    operands: [row],
    lines: [
      {
        symbols: `m = ${strings.lines.largest(s)}`,
        numbers: `m = ${figure(largest)}`,
      },
      {
        symbols: `Z = ${strings.lines.sumOver(`exp(${exponent(`${s}ᵢ − m`)})`)}`,
        numbers: `Z = ${figure(total)}`,
      },
      {
        symbols: `${symbol} = exp(${exponent(`${s} − m`)}) ÷ Z`,
        numbers: `${symbol} = exp(${figure((own - largest) / (temperature ?? 1))}) ÷ ${figure(total)} = ${figure(powers[at] as number)} ÷ ${figure(total)} = ${figure(result)}`,
      },
    ],
    tables: [
      {
        caption: strings.tables.softmax(row.label, row.values.length),
        headings: [heading, s, `exp(${exponent(`${s} − m`)})`, strings.tables.share],
        rows: (listed.includes(at) ? listed : [...listed, at]).map((i) => ({
          label: labels(i),
          values: [
            row.values[i] === MASKED ? strings.tables.masked : (row.values[i] as number),
            powers[i] as number,
            (powers[i] as number) / total,
          ],
          ...(i === at && { own: true }),
        })),
        ...(rest.some((i) => i !== at) && {
          rest: {
            label: strings.tables.restOfShares(rest.filter((i) => i !== at).length),
            sum: sum(rest.filter((i) => i !== at).map((i) => powers[i] as number)) / total,
          },
        }),
      },
    ],
    write(into) {
      const short = row.values.length <= LONGEST_COLUMN;
      const all = short ? into.vector(row) : row.inColumn;
      const over =
        temperature === undefined ? undefined : into.number(strings.lines.temperature, temperature);
      const divided = over ? ['/', over] : [];
      const x = into.number(s, ['=INDEX(', all, `,${at + 1})`]);
      const most = into.number(strings.lines.largest(s), ['=MAX(', all, ')']);
      const z = into.number('Z', ['=SUMPRODUCT(EXP((', all, '-', most, ')', ...divided, '))']);
      return into.number(symbol, ['=EXP((', x, '-', most, ')', ...divided, ')/', z]);
    },
  };
}
