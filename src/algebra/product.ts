import { linear } from '../gpt2/arithmetic';
import type { Matrix } from './matrix';

/** a [n, m] · b [m, p] + bias [p] → [n, p], in float64. */
export function product(a: Matrix, b: Matrix, bias: Float64Array): Matrix {
  const data = linear(a.data, b.data, a.columns, b.columns, bias);
  return { rows: a.rows, columns: b.columns, data: Float64Array.from(data) };
}
