import type { ActivationName } from '../../gpt2/activations';
import type { BackendName, Tensor } from '../api';

/** A write into one activation: value · scale + bias. Both have the activation's rank, each dimension whole or 1. */
export interface Affine {
  readonly scale: Tensor;
  readonly bias: Tensor;
}

/** Keys and values of some positions, by position, the heads side by side: each [positions, d_model]. */
export interface Keys {
  readonly k: Float32Array;
  readonly v: Float32Array;
}

/** One block for the positions of one prompt, or for those from a position on. */
export interface BlockRun {
  readonly layer: number;
  /** [T, d_model], edits already applied. */
  readonly residPre: Float32Array;
  /** T. */
  readonly tokens: number;
  /** This block's keys and values of the P positions before, for a back end that `reusesKeys`, and never with edits. */
  readonly past?: Keys;
  /** Activations of this block to hand back; never `resid_pre`. */
  readonly names: readonly ActivationName[];
  /** Writes into this block's activations; never into `resid_pre`. Empty takes the fast path. */
  readonly edits: ReadonlyMap<ActivationName, Affine>;
}

/** What one block gave. */
export interface BlockAnswer {
  /** In the shapes of the table, with P + T where it has the T of the keys. */
  readonly activations: Map<ActivationName, Float32Array>;
  /** Of these positions; missing where there were edits, and from a back end that does not reuse them. */
  readonly keys?: Keys;
}

/**
 * Something that computes. Calls may overlap; an implementation that cannot bear that puts them in a row.
 * Every failure is an EngineError that names this back end.
 */
export interface Backend {
  readonly name: BackendName;
  /** What people should know of how it runs, such as "WebAssembly, 2 threads". */
  readonly label: string;
  /** A sentence on what is unusual about it, for people. */
  readonly note?: string;
  /** Whether a run may follow the keys and values of positions that ran before. */
  readonly reusesKeys: boolean;
  /** Makes layer `layer` ready to run. Blocks become usable one by one. */
  prepareBlock(layer: number): Promise<void>;
  /** Makes ln_f and the output head ready to run. */
  prepareFinal(): Promise<void>;
  /** The activations asked for; the caller owns the arrays. */
  runBlock(run: BlockRun): Promise<BlockAnswer>;
  /** resid_post [R, d_model] of the last block → ln_final [R, d_model]. */
  runNorm(residPost: Float32Array): Promise<Float32Array>;
  /** ln_final [R, d_model] → logits [R, V]. */
  runHead(lnFinal: Float32Array): Promise<Float32Array>;
  /** Gives back memory. Runs that are under way may fail. */
  dispose(): Promise<void>;
}
