import type { Line, Operand, Table } from '../explanation';
import type { Ref } from '../plan';
import type { Writing } from '../writing';

/** One number and how it is computed: what every kind of calculation comes down to. */
export interface Calculation {
  /** In float64, from the operands. */
  readonly result: number | string;
  readonly operands: readonly Operand[];
  readonly lines: readonly Line[];
  readonly tables: readonly Table[];
  readonly notes?: readonly string[];
  /** Writes it out in native formulas. @returns the cell of the result */
  write(into: Writing): Ref;
}

/** How many terms of a long sum are listed. */
export const LISTED = 10;

/** The indices of the `LISTED` largest by magnitude, largest first, and those of the rest. */
export function weightiest(sizes: readonly number[]): { listed: number[]; rest: number[] } {
  const order = sizes
    .map((_, i) => i)
    .sort((a, b) => Math.abs(sizes[b] as number) - Math.abs(sizes[a] as number) || a - b);
  return { listed: order.slice(0, LISTED), rest: order.slice(LISTED) };
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
