import type { Config } from '../../src/gpt2/config';
import type { Vocabulary } from '../../src/gpt2/vocabulary';

/** A model, as it is sent to the worker that makes a workbook of it. */
export interface Job {
  readonly name: string;
  readonly config: Config;
  /** By their checkpoint names. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
  readonly vocabulary?: Vocabulary;
  /** The text that the workbook opens with, where there is a vocabulary, and its token ids. */
  readonly prompt?: string;
  readonly ids: readonly number[];
}

/** What the worker does. */
export interface Maker {
  /** @param onProgress sheets that are done, of how many, and the name of the next; empty while the file is compressed */
  make(job: Job, onProgress: (done: number, total: number, sheet: string) => void): Promise<Uint8Array>;
}
