import type { Numbers } from '../../../src/gpt2/arithmetic';
import type { Activations, Model } from '../../../src/gpt2/reference';
import type { Tokenizer } from '../../../src/gpt2/tokenizer';
import { difference } from '../../support/agreement';

/** What a formula should give. A table is judged column by column, for each has a size of its own. */
export type Right =
  /** Texts and whole numbers: nothing but the same will do. */
  | { readonly same: unknown }
  /** A matrix of numbers, row-major, in float64; probabilities are also compared by their absolute difference. */
  | { readonly numbers: Numbers; readonly rows: number; readonly probabilities?: boolean }
  /** Columns, from the left. */
  | { readonly columns: readonly Right[] }
  /** Rows, from the top. */
  | { readonly eachRow: readonly Right[] }
  /** The sentence with which a formula refuses, because the model lacks what it needs. */
  | { readonly refusal: RegExp };

/** One call of one formula, and what it should give. */
export interface Case {
  readonly id: string;
  /** Whether the model's own numbers are asked for, or what follows from cells. */
  readonly form: 'prompt' | 'cells';
  readonly args: readonly unknown[];
  readonly right: Right;
}

/** A prompt, in the forms in which a formula may be given it, and all of its activations in float64. */
export interface GivenPrompt {
  /** Missing for a model without a vocabulary. */
  readonly text?: string;
  readonly ids: readonly number[];
  readonly acts: Activations;
}

/** A model, and what to try it with. */
export interface Given {
  readonly model: Model;
  readonly tokenizer?: Tokenizer;
  readonly prompts: readonly [GivenPrompt, ...GivenPrompt[]];
}

/** How far a result is from what it should be. */
export interface Measured {
  /** The largest difference as a part of the largest number; Infinity where something had to be the same and is not. */
  readonly relative: number;
  /** The largest difference between two probabilities. */
  readonly absolute?: number;
}

const SAME: Measured = { relative: 0 };
const ANOTHER: Measured = { relative: Infinity };

/** Compares what a formula gave, or the error that it gave instead, with what it should give. */
export function measure(got: unknown, right: Right): Measured {
  if ('refusal' in right) return got instanceof Error && right.refusal.test(got.message) ? SAME : ANOTHER;
  if (got instanceof Error) return ANOTHER;
  if ('same' in right) return JSON.stringify(got) === JSON.stringify(right.same) ? SAME : ANOTHER;
  const rows = Array.isArray(got) ? (got as unknown[][]) : [[got]];
  if ('columns' in right) {
    if (rows.some((row) => row.length !== right.columns.length)) return ANOTHER;
    return worst(right.columns.map((column, at) => measure(columnOf(rows, at), column)));
  }
  if ('eachRow' in right) {
    if (rows.length !== right.eachRow.length) return ANOTHER;
    return worst(right.eachRow.map((row, at) => measure([rows[at]], row)));
  }
  if (rows.length !== right.rows) return ANOTHER;
  const cells = rows.flat();
  if (cells.some((cell) => typeof cell !== 'number')) return ANOTHER;
  // A cell shows the shortest decimal that reads back as its float32.
  const { absolute, relative } = difference(Float32Array.from(cells as number[]), right.numbers);
  return right.probabilities ? { relative, absolute } : { relative };
}

const columnOf = (rows: readonly unknown[][], at: number) => rows.map((row) => [row[at]]);

/** The largest of several differences. */
export const worst = (all: readonly Measured[]): Measured => {
  const absolutes = all.flatMap(({ absolute }) => absolute ?? []);
  return {
    relative: Math.max(...all.map(({ relative }) => relative)),
    ...(absolutes.length > 0 && { absolute: Math.max(...absolutes) }),
  };
};

/** A value for each row, as one column. */
export const column = (values: readonly unknown[]): unknown[][] => values.map((value) => [value]);

/** Numbers [rows, n] as cells. */
export function cellsOf(values: Numbers, n: number): number[][] {
  return Array.from({ length: values.length / n }, (_, row) => [...values.subarray(row * n, (row + 1) * n)]);
}
