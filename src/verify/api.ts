import type { Want } from '../engine/api';
import type { Config } from '../gpt2/config';
import type { Tensor } from '../gpt2/tensor';

export type { Want };

/** An open model as a verification sees it: `engineSubject` makes one in Node, `clientSubject` on a page. */
export interface Subject {
  readonly config: Config;
  /** Numbers that training found; a tied head counts once. */
  readonly parameters: number;
  /** SHA-256 of the weights, in hexadecimal; empty where it cannot be computed. */
  readonly sha256: string;
  /** Missing where the model's folder has no vocabulary. */
  readonly tokenizer?: SubjectTokenizer;
  /** Activations of token ids [T], in the order of `wants`. */
  read(ids: readonly number[], wants: readonly Want[], signal?: AbortSignal): Promise<readonly Tensor[]>;
  /** Some rows of a parameter → [rows × width]; a vector is row 0. */
  weight(name: string, row: number, rows: number): Promise<Float32Array>;
}

export interface SubjectTokenizer {
  /** The id of `<|endoftext|>`. */
  readonly endOfText: number;
  encode(text: string): Promise<readonly number[]>;
  decode(ids: readonly number[]): Promise<string>;
}

/** A value as it is compared: numbers, or a text. */
export type Shown = string | readonly number[];

/** The kinds of rows. The first three say which model it is; the others depend on every number of it. */
export type RowKind =
  | 'shape'
  | 'file'
  | 'tokens'
  | 'weights'
  | 'activations'
  | 'means'
  | 'likeliest'
  | 'losses'
  | 'continuations'
  | 'probabilities'
  | 'logitDifferences'
  | 'attributions'
  | 'benchmarks';

/** One published value beside ours. */
export interface Row {
  readonly kind: RowKind;
  /** What it is the value of: a sentence's worth, for people. */
  readonly what: string;
  readonly expected: Shown;
  /** Missing where nothing was computed. */
  readonly ours?: Shown;
  /** The largest difference between two numbers; missing where the values are compared for equality. */
  readonly difference?: number;
  /** The largest difference that passes. */
  readonly tolerance?: number;
  /** A row is skipped when it does not apply; one whose computation went wrong has failed. */
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped, or what went wrong in computing it. */
  readonly reason?: string;
  /** Who published it. */
  readonly source: string;
}

/** How far a verification has come; called before each row. */
export type OnProgress = (done: number, total: number, what: string) => void;

export interface VerifyOptions {
  readonly onProgress?: OnProgress;
  /** Ends the verification with an error named AbortError. */
  readonly signal?: AbortSignal;
}

/**
 * `passed`: every row that applies, and at least one of them depends on the model's numbers. `unproven`: none failed, but
 * nothing was checked that depends on them. `failed`: at least one row failed.
 */
export type Verdict = 'passed' | 'failed' | 'unproven';

export interface Summary {
  readonly verdict: Verdict;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** The row that came nearest to its tolerance or went furthest beyond it; missing where no numbers were compared. */
  readonly worst?: Row;
  /** The verdict as a sentence. */
  readonly text: string;
}
