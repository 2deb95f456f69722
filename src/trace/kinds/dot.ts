import type { Line, Operand, Table } from '../explanation';
import { only } from '../operands';
import { figure, strings } from '../strings';
import { type Calculation, sum, weightiest } from './calculation';

/** left · right ÷ √divisor + bias. */
export interface Dot {
  /** What it makes, in symbols. */
  readonly symbol: string;
  readonly left: Operand;
  readonly right: Operand;
  readonly bias?: Operand;
  /** The number under the root, and its name. */
  readonly root?: { readonly symbol: string; readonly value: number };
  /** What the factors are numbered by: dimensions, neurons, positions. */
  readonly heading: string;
  readonly labels: (i: number) => string;
  /** Factors from here on are left out of the sum: their weights are 0. */
  readonly notes?: readonly string[];
}

/** The dot product of two rows of numbers: scores, projections, weighted sums of values, logits. */
export function dot({ symbol, left, right, bias, root, heading, labels, notes }: Dot): Calculation {
  const products = left.values.map((value, i) => value * (right.values[i] as number));
  const total = sum(products);
  const scaled = root ? total / Math.sqrt(root.value) : total;
  const result = scaled + (bias ? only(bias) : 0);
  const pair = `${left.symbol} · ${right.symbol}`;
  return {
    result,
    notes,
    operands: bias ? [left, right, bias] : [left, right],
    lines: linesOf(symbol, pair, products, total, result, { left, right, root, bias }),
    tables: [productTable(left, right, products, heading, labels)],
    write(into) {
      const a = into.vector(left);
      const b = into.vector(right);
      into.column(strings.plan.products, ['=', a, '*', b], products.length);
      const product = ['=SUMPRODUCT(', a, ',', b, ')'];
      if (!root && !bias) return into.number(symbol, product);
      const parts = into.number(pair, product);
      const under = root && into.number(root.symbol, root.value);
      const added = bias && into.operand(bias);
      return into.number(symbol, [
        '=',
        parts,
        ...(under ? ['/SQRT(', under, ')'] : []),
        ...(added ? ['+', added] : []),
      ]);
    },
  };
}

/** The sum of the products; with what is done to it, if anything is, in a line of its own. */
function linesOf(
  symbol: string,
  pair: string,
  products: readonly number[],
  total: number,
  result: number,
  { left, right, root, bias }: Pick<Dot, 'left' | 'right' | 'root' | 'bias'>,
): Line[] {
  const plain = !root && !bias;
  const name = plain ? symbol : pair;
  const before = plain ? `${symbol} = ${pair}` : pair;
  const added = bias ? plus(only(bias)) : '';
  const first = {
    symbols: `${before} = ${strings.lines.sumOver(`${left.symbol}ᵢ × ${right.symbol}ᵢ`)}`,
    numbers: `${name} = ${series(products)} = ${figure(total)}`,
  };
  if (plain) return [first];
  const second = {
    symbols: `${symbol} = ${pair}${root ? ` ÷ √${root.symbol}` : ''}${bias ? ` + ${bias.symbol}` : ''}`,
    numbers: `${symbol} = ${figure(total)}${root ? ` ÷ √${root.value}` : ''}${added} = ${figure(result)}`,
  };
  return [first, second];
}

/** The largest products, in the order in which the table lists them, as a sum that goes on. */
function series(products: readonly number[]): string {
  const { listed } = weightiest(products);
  const [first = 0, ...more] = listed.slice(0, 3).map((i) => products[i] as number);
  return `${figure(first)}${more.map(plus).join('')}${products.length > 3 ? ' + …' : ''}`;
}

/** ` + 3` or ` − 3`. */
export const plus = (value: number): string => (value < 0 ? ` − ${figure(-value)}` : ` + ${figure(value)}`);

function productTable(
  left: Operand,
  right: Operand,
  products: readonly number[],
  heading: string,
  labels: (i: number) => string,
): Table {
  const { listed, rest } = weightiest(products);
  return {
    caption: strings.tables.products(left.label, right.label, products.length),
    headings: [heading, left.symbol, right.symbol, strings.tables.product],
    rows: listed.map((i) => ({
      label: labels(i),
      values: [left.values[i] as number, right.values[i] as number, products[i] as number],
    })),
    ...(rest.length > 0 && {
      rest: {
        label: strings.tables.restOfProducts(rest.length),
        sum: sum(rest.map((i) => products[i] as number)),
      },
    }),
  };
}
