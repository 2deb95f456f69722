/** One way to run GPT-2, in this page. Times are in milliseconds. */
export interface Contestant {
  /** Runs `past`, then `count` tokens one behind the other → the time of each, or their mean where only that is told. */
  tokens(past: readonly number[], count: number): Promise<number[]>;
  /**
   * From token ids to the logits behind the last of them.
   * @param run how many of them have to run, for one that reuses what it ran before; all unless given
   */
  prompt(ids: readonly number[], run?: number): Promise<number>;
  /** Logits [V] behind the last of some ids, where this one gives them out. */
  logits?(ids: readonly number[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/** What to run, and how. */
export interface Entry {
  readonly peer: 'ours' | 'products' | 'transformers' | 'wllama';
  readonly threads: number;
  /** The address of what it reads: a folder of the hub, a folder with `onnx/`, or a GGUF file. */
  readonly model: string;
  /** transformers.js's `dtype`; of the products alone their kind. */
  readonly dtype?: string;
}
