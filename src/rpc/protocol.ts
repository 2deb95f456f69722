import type { BackendName, Edit, EngineStats, Start, Want } from '../engine/api';
import type { Config } from '../gpt2/config';
import type { TokenScore } from '../gpt2/scoring';
import type { Tensor } from '../gpt2/tensor';
import type { PreTokenMerges, Prompt } from '../gpt2/tokenizer';

export type { PreTokenMerges, Prompt };

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

/** Which tokens to score, each after all that come before it. */
export interface ScoreRequest {
  /** [T], context and tokens to score together. */
  readonly ids: readonly number[];
  /** The place of the first token to score: at least 1, for the very first has nothing before it. */
  readonly first: number;
}

/** A score for each token from `first` on. */
export type ScoreAnswer = readonly TokenScore[];

/** What the worker does for the page. Errors arrive as `Error` with their name and message. */
export interface EngineService {
  /** Opens a model in place of the one before. */
  open(request: OpenRequest, onProgress: (progress: Progress) => void): Promise<Opened>;
  /** Activations of a prompt. @param ticket a number to cancel it by */
  read(request: ReadRequest, ticket: number): Promise<ReadAnswer>;
  /** How well the model sees tokens coming. @param ticket a number to cancel it by */
  score(request: ScoreRequest, ticket: number): Promise<ScoreAnswer>;
  cancel(ticket: number): void;
  /** Token ids of a text; of the empty text, `<|endoftext|>` alone. */
  encode(text: string): Promise<number[]>;
  /** The text that token ids spell. */
  decode(ids: readonly number[]): Promise<string>;
  /** Each token as people can read it. */
  show(ids: readonly number[]): Promise<string[]>;
  /** How a text is encoded, merge by merge. */
  merges(text: string): Promise<PreTokenMerges[]>;
  stats(): Promise<EngineStats | undefined>;
}
