import type { ActivationName } from '../../gpt2/activations';
import type { BackendName, Tensor } from '../api';
import type { Held } from './held';

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

/** Keys and values that the back end holds, of which a run follows the first `positions`. */
export interface HeldPast {
  /** k and v. */
  readonly held: Held;
  readonly positions: number;
}

/** One block for the positions of one prompt, or for those from a position on. */
export interface BlockRun {
  readonly layer: number;
  /** [T, d_model], edits already applied. */
  readonly residPre: Float32Array | Held;
  /** T. */
  readonly tokens: number;
  /** This block's keys and values of the P positions before, for a back end that `reusesKeys`, and never with edits. */
  readonly past?: Keys | HeldPast;
  /** Activations of this block to hand back; never `resid_pre`. */
  readonly names: readonly ActivationName[];
  /** Whether only the next block wants `resid_post`: it may stay where it was computed. */
  readonly hold?: boolean;
  /**
   * The first of the T rows of `resid_post` that is wanted, where nothing else of the block is but its keys and values: a back end may leave out
   * those before. All when missing.
   */
  readonly first?: number;
  /** Writes into this block's activations; never into `resid_pre`. Empty takes the fast path. */
  readonly edits: ReadonlyMap<ActivationName, Affine>;
}

/** What one block gave. */
export interface BlockAnswer {
  /** In the shapes of the table, with P + T where it has the T of the keys. */
  readonly activations: Map<ActivationName, Float32Array>;
  /**
   * Of these positions, as arrays, or of these and all before, held; missing where there were edits, and from a back end
   * that does not reuse them.
   */
  readonly keys?: Keys | Held;
  /** [T, d_model], in the place of `resid_post` among the activations: it was held. */
  readonly stream?: Held;
  /** So many rows in front were left out of either. None when missing. */
  readonly first?: number;
}

/** Blocks one behind the other, of which nothing is wanted but the residual stream, and perhaps what follows the last. */
export interface ChainRun {
  /** From which to before which. */
  readonly blocks: readonly [number, number];
  /** [T, d_model]. */
  readonly residPre: Float32Array | Held;
  /** T. */
  readonly tokens: number;
  /** What each of the blocks goes on from, where there are positions before. */
  readonly pasts?: readonly HeldPast[];
  /** Whether the stream is wanted behind every block; behind the last alone when missing. */
  readonly every?: boolean;
  /** Behind the model's last block, the first row that is wanted: those before are left out. */
  readonly first?: number;
  /** Behind the model's last block: of which R of the T the logits are wanted, none before `first`. ln_f and the head run then, too. */
  readonly logitsOf?: readonly number[];
}

/** What blocks one behind the other gave. */
export interface ChainAnswer {
  /** [T, d_model], of every block or of the last alone; of the model's last block from the first row that is wanted on. */
  readonly residPosts: readonly Float32Array[];
  /** Of each block, of these positions and all before. */
  readonly keys: readonly Held[];
  /** Where logits were wanted. */
  readonly final?: Final;
}

/** What follows the last block. */
export interface Final {
  /** [T, d_model], or from the first row that is wanted on */
  readonly lnFinal: Float32Array;
  /** [R, V] */
  readonly logits: Float32Array;
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
  /** Makes it known where the embedding's rows are; missing where nobody but the supply has them. */
  prepareEmbedding?(): Promise<void>;
  /** Makes layer `layer` ready to run. Blocks become usable one by one. */
  prepareBlock(layer: number): Promise<void>;
  /** Makes ln_f and the output head ready to run. */
  prepareFinal(): Promise<void>;
  /** The activations asked for; the caller owns the arrays. */
  runBlock(run: BlockRun): Promise<BlockAnswer>;
  /** The numbers of `runBlock`, block after block, in less time; missing where nothing is gained by it. */
  readonly runChain?: (run: ChainRun) => Promise<ChainAnswer>;
  /**
   * resid_post [T, d_model] of the last block → ln_final [T, d_model].
   * @param hold whether only the head wants it: it may stay where it was computed
   */
  runNorm(residPost: Float32Array | Held, hold?: boolean): Promise<Float32Array | Held>;
  /**
   * ln_final [T, d_model] → logits [R, V].
   * @param rows which R of the T; all when missing. Given with what is held only
   */
  runHead(lnFinal: Float32Array | Held, rows?: readonly number[]): Promise<Float32Array>;
  /** Gives back memory. Runs that are under way may fail. */
  dispose(): Promise<void>;
}
