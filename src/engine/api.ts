import type { ActivationName } from '../gpt2/activations';
import type { Tensor } from '../gpt2/tensor';
import type { Supply } from './supply';

export type { Supply, Tensor };

/** What runs the arithmetic. `reference` is the plain TypeScript of src/gpt2, for machines where nothing else works. */
export type BackendName = 'webgpu' | 'wasm' | 'reference';

/** What runs the arithmetic, and why that: sentences for people, with what was tried in vain. */
export interface BackendReport {
  readonly name: BackendName;
  readonly reason: string;
}

/** One activation, or a part of one, of one forward pass. */
export interface Want {
  readonly name: ActivationName;
  /** Required for activations that every block has. */
  readonly layer?: number;
  /** One head only: the leading H of the shape falls away. */
  readonly head?: number;
  /** One position only (0 … T − 1): the T before the width falls away. Asking for logits without it computes T×V numbers. */
  readonly position?: number;
}

/** A change to one hook point: the activation becomes activation · scale + bias. Arrays broadcast against its shape. */
export interface Edit {
  readonly name: ActivationName;
  readonly layer?: number;
  readonly scale?: Tensor;
  readonly bias?: Tensor;
}

/** How long one forward pass took, from its first step until nobody waited for more of it. */
export interface PassTime {
  /** Positions that ran: those of its prompt, or of the cells that it started from, but for what was reused. */
  readonly tokens: number;
  /** Blocks that ran; what the cache had, and what nobody asked for, did not. */
  readonly blocks: number;
  readonly milliseconds: number;
}

/** Figures since the model was opened. */
export interface EngineStats {
  /** Prompts for which blocks ran; a request that the cache answers does not count. */
  readonly forwardPasses: number;
  /** Single blocks that ran. */
  readonly blocksRun: number;
  /** Positions of those prompts that ran. */
  readonly positionsRun: number;
  /** Positions that did not run again, because a prompt before began alike. */
  readonly positionsReused: number;
  readonly requests: number;
  readonly cacheHits: number;
  /** Bytes of activations, keys and values held, never above `cacheLimit`. */
  readonly cacheBytes: number;
  readonly cacheLimit: number;
  /** The last pass for which blocks ran; missing before the first. */
  readonly lastPass?: PassTime;
}

/** Numbers that take the place of an activation and of everything before it: the pass goes on from them. */
export interface Start {
  readonly name: 'resid_pre' | 'resid_mid' | 'resid_post' | 'ln_final';
  /** Required but for `ln_final`. */
  readonly layer?: number;
  /** [T, d_model], 1 ≤ T ≤ n_positions. */
  readonly values: Tensor;
}

/** What a forward pass begins with: token ids [T], 1 ≤ T ≤ n_positions, or numbers in the middle of the model. */
export type Source = { readonly ids: readonly number[] } | { readonly start: Start };

/** One question to the engine. */
export type ReadRequest = Source & {
  readonly wants: readonly Want[];
  /** Several edits of one hook point act one after the other. */
  readonly edits?: readonly Edit[];
  readonly signal?: AbortSignal;
};

/** How to open a model. */
export interface OpenOptions {
  /** `best`, the default, takes the fastest that works; a name takes that one or fails. */
  readonly backend?: BackendName | 'best';
  /**
   * Absolute URL prefix, ending in a slash, of onnxruntime-web's .mjs and .wasm files; needed in browsers, not in Node.
   * The first model opened decides.
   */
  readonly wasmPaths?: string;
  /** Threads for WebAssembly; by default up to four where the page is cross-origin isolated, else one. */
  readonly threads?: number;
  /** Web Workers over which WebAssembly spreads the model, at least; by default as many as its size needs, mostly none. */
  readonly workers?: number;
  /** Bytes to keep, half for activations and half for keys and values; 256 MiB by default, 0 keeps none. */
  readonly cacheBytes?: number;
  /** The largest weight, in bytes, that WebGPU is given in one piece; by default what the device takes. */
  readonly largestBuffer?: number;
  /** Hears how far opening has got, from 0 to 1, and what is being done. */
  readonly onProgress?: (fractionDone: number, text: string) => void;
  /** Where the model holds no parameters but those of its embedding; opening then waits for that alone. */
  readonly supply?: Supply;
  /** Hears that a graphics device failed while the model was open, and what has taken over. */
  readonly onBackend?: (report: BackendReport) => void;
}
