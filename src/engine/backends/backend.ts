import type { ActivationName } from '../../gpt2/activations';
import type { BackendName, Tensor } from '../api';

/** A write into one activation: value · scale + bias. Both have the activation's rank, each dimension whole or 1. */
export interface Affine {
  readonly scale: Tensor;
  readonly bias: Tensor;
}

/** One block for one prompt. */
export interface BlockRun {
  readonly layer: number;
  /** [T, d_model], edits already applied. */
  readonly residPre: Float32Array;
  /** T. */
  readonly tokens: number;
  /** Activations of this block to hand back; never `resid_pre`. */
  readonly names: readonly ActivationName[];
  /** Writes into this block's activations; never into `resid_pre`. Empty takes the fast path. */
  readonly edits: ReadonlyMap<ActivationName, Affine>;
}

/**
 * Something that computes. Calls may overlap; an implementation that cannot bear that puts them in a row.
 * Every failure is an EngineError that names this back end.
 */
export interface Backend {
  readonly name: BackendName;
  /** What people should know of how it runs, such as "WebAssembly, 2 threads". */
  readonly label: string;
  /** Makes layer `layer` ready to run. Blocks become usable one by one. */
  prepareBlock(layer: number): Promise<void>;
  /** Makes ln_f and the output head ready to run. */
  prepareFinal(): Promise<void>;
  /** The activations asked for, in the shapes of the table; the caller owns the arrays. */
  runBlock(run: BlockRun): Promise<Map<ActivationName, Float32Array>>;
  /** resid_post [R, d_model] of the last block → ln_final [R, d_model]. */
  runNorm(residPost: Float32Array): Promise<Float32Array>;
  /** ln_final [R, d_model] → logits [R, V]. */
  runHead(lnFinal: Float32Array): Promise<Float32Array>;
  /** Gives back memory. Runs that are under way may fail. */
  dispose(): Promise<void>;
}
