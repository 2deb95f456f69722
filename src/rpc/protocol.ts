import type { BackendName, Edit, EngineStats, Start, Want } from '../engine/api';
import type { Config } from '../gpt2/config';
import type { Tensor } from '../gpt2/tensor';
import type { Prompt } from '../gpt2/tokenizer';

export type { Prompt };

/** Which model to open, and on what. */
export interface OpenRequest {
  /** Address of a Hugging Face folder. */
  readonly modelUrl: string;
  /** What people call the model. */
  readonly name: string;
  readonly backend: BackendName | 'best';
  /** Address of the folder that holds the WASM files. */
  readonly wasmUrl: string;
}

/** What was opened. */
export interface ModelInfo {
  readonly name: string;
  readonly config: Config;
  /** Numbers that training found; a tied head counts once. */
  readonly parameters: number;
  readonly bytes: number;
  /** SHA-256 of the weights; empty where the page may not compute it. */
  readonly sha256: string;
  readonly hasTokenizer: boolean;
}

/** What runs the arithmetic, and why that. */
export interface BackendInfo {
  readonly name: BackendName;
  readonly reason: string;
}

export interface Opened {
  readonly model: ModelInfo;
  readonly backend: BackendInfo;
}

/** How far the opening of a model has come; `fraction` is missing while nobody knows. */
export interface Progress {
  readonly text: string;
  readonly fraction?: number;
}

export interface ReadRequest {
  /** A prompt, or numbers in the middle of the model from which to go on. */
  readonly from: Prompt | { readonly start: Start };
  /** Here a negative position counts from the prompt's end. */
  readonly wants: readonly Want[];
  readonly edits?: readonly Edit[];
}

export interface ReadAnswer {
  /** One tensor for each want. */
  readonly tensors: readonly Tensor[];
}

/** A request, and the number to cancel it by. */
export interface Ticketed {
  readonly ticket: number;
  readonly request: ReadRequest;
}

/** How one request of several went; errors travel as name and message. */
export type Outcome = ReadAnswer | { readonly error: { readonly name: string; readonly message: string } };

/** What the worker does for the page. Errors arrive as `Error` with their name and message. */
export interface EngineService {
  /** Opens a model in place of the one before. */
  open(request: OpenRequest, onProgress: (progress: Progress) => void): Promise<Opened>;
  /** Activations for the requests of one moment, in their order. */
  read(requests: readonly Ticketed[]): Promise<Outcome[]>;
  cancel(ticket: number): void;
  /** Token ids of a text; of the empty text, `<|endoftext|>` alone. */
  encode(text: string): Promise<number[]>;
  /** The text that token ids spell. */
  decode(ids: readonly number[]): Promise<string>;
  /** Each token as people can read it. */
  show(ids: readonly number[]): Promise<string[]>;
  stats(): Promise<EngineStats | undefined>;
}
