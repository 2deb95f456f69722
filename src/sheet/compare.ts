import type { Matrix } from '../algebra/matrix';
import { MASKED } from '../gpt2/activations';

/** How far two ranges of the same shape are from each other. */
export interface Comparison {
  /** The largest difference between two cells, without its sign. */
  readonly largest: number;
  /** Where it is, counted from 1; missing when nothing differs. */
  readonly place?: { readonly row: number; readonly column: number };
  /** The largest difference as a part of the largest number in either range; scores that both mask do not count as large. */
  readonly relative: number;
}

/** Compares a [rows, columns] with b [rows, columns], cell by cell, in float64. */
export function compare(a: Matrix, b: Matrix): Comparison {
  let largest = 0;
  let size = 0;
  let at = -1;
  for (let i = 0; i < a.data.length; i++) {
    const left = a.data[i] as number;
    const right = b.data[i] as number;
    if (left === MASKED && right === MASKED) continue;
    size = Math.max(size, Math.abs(left), Math.abs(right));
    const distance = Math.abs(left - right);
    if (distance > largest) {
      largest = distance;
      at = i;
    }
  }
  if (at < 0) return { largest: 0, relative: 0 };
  const place = { row: Math.floor(at / a.columns) + 1, column: (at % a.columns) + 1 };
  return { largest, place, relative: largest / size };
}
