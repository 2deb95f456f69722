import { shapeOf } from '../gpt2/activations';
import type { Config } from '../gpt2/config';
import { sizeOf } from './affine';
import type { Tensor, Want } from './api';
import { abortError } from './errors';

/** One part of a request, and its answer when there is one. */
export class PendingWant {
  answer: Tensor | undefined;
  /** Whether the pass has looked for it in the cache. */
  sought = false;
  /** Rows of logits still to come; they are computed row by row. */
  readonly missingRows: Set<number>;
  #rows: Float32Array | undefined;

  /** @param tokens T */
  constructor(
    readonly want: Want,
    private readonly config: Config,
    private readonly tokens: number,
  ) {
    const all = want.position === undefined ? Array.from({ length: tokens }, (_, t) => t) : [want.position];
    this.missingRows = new Set(want.name === 'logits' ? all : []);
  }

  /** The first position that is wanted. */
  get from(): number {
    return this.want.position ?? 0;
  }

  /**
   * Takes the activation, in the shape of the table, and keeps what was asked for: a copy of just that.
   * @param from the position of its first row, no later than the one wanted
   */
  take(values: Float32Array, from = 0): void {
    const { name, head, position } = this.want;
    const shape = shapeOf(name, this.config, this.tokens);
    shape[shape.length - 2] = this.tokens - from;
    this.answer = slice(values, shape, {
      name,
      head,
      position: position === undefined ? undefined : position - from,
    });
  }

  /** Takes one row of the logits, [V]. */
  takeRow(position: number, row: Float32Array): void {
    const V = this.config.vocab_size;
    if (!this.missingRows.delete(position)) return;
    if (this.want.position !== undefined) {
      this.answer = { dims: [V], data: row.slice() };
      return;
    }
    this.#rows ??= new Float32Array(this.tokens * V);
    this.#rows.set(row, position * V);
    if (this.missingRows.size === 0) this.answer = { dims: [this.tokens, V], data: this.#rows };
  }
}

/** One head and one position of an array [.., T, width], or all of either. A copy with exact bounds. */
export function slice(values: Float32Array, shape: readonly number[], { head, position }: Want): Tensor {
  let dims = [...shape];
  let part = values;
  if (head !== undefined) {
    dims = dims.slice(1);
    part = part.subarray(head * sizeOf(dims), (head + 1) * sizeOf(dims));
  }
  if (position === undefined) return { dims, data: part.slice() };

  const width = dims.at(-1) as number;
  const tokens = dims.at(-2) as number;
  const kept = [...dims.slice(0, -2), width];
  const data = new Float32Array(sizeOf(kept));
  for (let at = 0; at < data.length / width; at++) {
    const from = (at * tokens + position) * width;
    data.set(part.subarray(from, from + width), at * width);
  }
  return { dims: kept, data };
}

/** A promise of tensors that can be cancelled. */
export class Request {
  readonly wants: readonly PendingWant[];
  readonly promise: Promise<Tensor[]>;
  /** Whether anything was computed on its account. */
  computed = false;
  /** Answered, failed or cancelled. */
  settled = false;
  #resolve!: (tensors: Tensor[]) => void;
  #reject!: (error: unknown) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #abort = () => this.fail(abortError());

  constructor(wants: readonly PendingWant[], signal?: AbortSignal) {
    this.wants = wants;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#signal = signal;
    if (signal?.aborted) this.#abort();
    else signal?.addEventListener('abort', this.#abort, { once: true });
  }

  /** The wants still without an answer. */
  get missing(): PendingWant[] {
    return this.wants.filter(({ answer }) => !answer);
  }

  /** Resolves if every want has its answer. */
  finish(): boolean {
    if (this.settled || this.wants.some(({ answer }) => !answer)) return false;
    this.#settle();
    this.#resolve(this.wants.map(({ answer }) => answer as Tensor));
    return true;
  }

  fail(error: unknown): void {
    if (this.settled) return;
    this.#settle();
    this.#reject(error);
  }

  #settle(): void {
    this.settled = true;
    this.#signal?.removeEventListener('abort', this.#abort);
  }
}
