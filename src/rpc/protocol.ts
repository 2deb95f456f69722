import type { Matrix } from '../algebra/matrix';
import type { Projection } from '../algebra/pca';
import type { BackendName, Edit, EngineStats, PassTime, Start, Want } from '../engine/api';
import type { Config } from '../gpt2/config';
import type { TokenScore } from '../gpt2/scoring';
import type { Tensor } from '../gpt2/tensor';
import type { PreTokenMerges, Prompt } from '../gpt2/tokenizer';
import type { Vocabulary } from '../gpt2/vocabulary';
import type { DownloadProgress, ModelRef } from '../models/api';
import type { LibraryService } from './library';

export type { PreTokenMerges, Prompt };

/** Which model to open, and on what. */
export interface OpenRequest {
  /** Where the model comes from, or the key of one that is on this device. */
  readonly from: ModelRef | string;
  /** What people call the model. */
  readonly name: string;
  readonly backend: BackendName | 'best';
  /** Web Workers over which WebAssembly spreads the layers, at least; by default as many as the model's size needs. */
  readonly workers?: number;
  /** The address that the pages lie at: the built-in model and the WASM files are beside them. */
  readonly base: string;
  /** SHA-256 that the weights must have: another model of the same name is refused. */
  readonly sha256?: string;
}

/** What a request says of how its model is to run. */
export type Running = Pick<OpenRequest, 'backend' | 'workers' | 'base'>;

/** What was opened. */
export interface ModelInfo {
  readonly name: string;
  readonly config: Config;
  /** Numbers that training found; a tied head counts once. */
  readonly parameters: number;
  readonly bytes: number;
  /** SHA-256 of the weights; empty while they arrive. */
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

/** Whether all of the model has arrived and its hash is known. */
export const isWhole = ({ model }: Opened): boolean => model.sha256 !== '';

/** How far the opening of a model has come; `fraction` is missing while nobody knows. */
export interface Progress {
  readonly text: string;
  readonly fraction?: number;
  /** How the download goes, where it is one. */
  readonly download?: DownloadProgress;
}

/** What changes while a model is open: its parts arrive, a graphics device fails, or it turns out to be damaged. */
export interface Change {
  readonly opened?: Opened;
  /** How much of the model is there; missing when all of it is. */
  readonly arriving?: Progress;
  /** The model cannot be used any more, and why. */
  readonly failed?: string;
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

/** A request, and the number to cancel it by. */
export interface Ticketed {
  readonly ticket: number;
  readonly request: ReadRequest;
}

/** How one request of several went; errors travel as name and message. */
export type Outcome = ReadAnswer | { readonly error: { readonly name: string; readonly message: string } };

/** A parameter of the model by its checkpoint name. */
export interface ParameterInfo {
  readonly name: string;
  /** [n] or [rows, columns]. */
  readonly shape: readonly number[];
}

/** A rectangle of a parameter, counted from 0; a vector is one row. */
export interface Slice {
  readonly row: number;
  readonly col: number;
  readonly rows: number;
  readonly cols: number;
}

/** Tokens and how nearly their embeddings point where a vector does, best first. */
export interface Neighbours {
  readonly ids: readonly number[];
  /** Cosines, from -1 to 1. */
  readonly similarities: readonly number[];
}

/** What the worker does for the page. Errors arrive as `Error` with their name and message. */
export interface EngineService {
  /** Starts what any model of this request will need, while it is still being decided which one that is. */
  prepare(how: Running): void;
  /**
   * Opens a model in place of the one before, and answers as soon as its embedding is there. Of two openings the later one
   * counts.
   * @param onPass hears of passes from then on, about once a second at the most
   * @param onChange hears of what changes after that
   */
  open(
    request: OpenRequest,
    onProgress: (progress: Progress) => void,
    onPass: (pass: PassTime) => void,
    onChange: (change: Change) => void,
  ): Promise<Opened>;
  /** Ends an opening that is under way; what has been downloaded is kept. */
  stopOpening(): void;
  /** The models of this device. */
  readonly library: LibraryService;
  /** Activations for the requests of one moment, in their order. */
  read(requests: readonly Ticketed[]): Promise<Outcome[]>;
  /** How well the model sees tokens coming. @param ticket a number to cancel it by */
  score(request: ScoreRequest, ticket: number): Promise<ScoreAnswer>;
  cancel(ticket: number): void;
  /** Token ids of a text; of the empty text, `<|endoftext|>` alone. */
  encode(text: string): Promise<number[]>;
  /** The text that token ids spell. */
  decode(ids: readonly number[]): Promise<string>;
  /** Each token as people can read it; its id in digits where the model has no text for it. */
  show(ids: readonly number[]): Promise<string[]>;
  /** How a text is encoded, merge by merge. */
  merges(text: string): Promise<PreTokenMerges[]>;
  /** What the open model's tokenizer looks up, where it has one. */
  vocabulary(): Promise<Vocabulary | undefined>;
  stats(): Promise<EngineStats | undefined>;
  /** Every parameter of the open model. */
  parameters(): Promise<ParameterInfo[]>;
  /** A part of a parameter → [rows, cols]; the part must lie within it. */
  weight(name: string, slice: Slice): Promise<Tensor>;
  /** The k rows of wte nearest to a vector [d_model] by their angle, without some ids. */
  nearest(vector: Float64Array, k: number, without: readonly number[]): Promise<Neighbours>;
  /** a [n, m] · b [m, p] + bias [p] → [n, p]; needs no model. */
  product(a: Matrix, b: Matrix, bias: Float64Array): Promise<Matrix>;
  /** Principal components of the rows of some cells; needs no model. */
  project(cells: Matrix, components: number): Promise<Projection>;
}
