/** What somebody computed with a checkpoint and made public. */
interface Sourced {
  /** Who published it, and where. */
  readonly source: string;
  /** Says that it was computed with GELU in its erf form, which is not GPT-2's own. */
  readonly gelu?: string;
}

interface Near {
  /** The largest absolute difference that passes. */
  readonly tolerance: number;
}

/** A text or token ids; `endOfText` puts `<|endoftext|>` before them. */
export interface PublishedPrompt {
  readonly text?: string;
  readonly ids?: readonly number[];
  readonly endOfText?: boolean;
}

interface Prompted extends Sourced {
  readonly prompt: PublishedPrompt;
}

/** A prompt with a right and a wrong next token, each a text of one token. */
export interface Case {
  readonly prompt: PublishedPrompt;
  readonly answer: string;
  readonly wrong: string;
}

/** Every kind of published value. Positions below 0 count from the prompt's end. */
export interface Values {
  /** The token ids of a text; with `special`, `<|endoftext|>` in it is the one token and not thirteen letters. */
  readonly tokens: Sourced & {
    readonly text: string;
    readonly ids: readonly number[];
    readonly special?: boolean;
  };
  /** Some numbers of one row of a parameter; a vector is row 0. */
  readonly weights: Sourced &
    Near & {
      readonly name: string;
      readonly row: number;
      readonly columns: readonly number[];
      readonly values: readonly number[];
    };
  /** Some numbers of an activation at one position. */
  readonly activations: Prompted &
    Near & {
      readonly name: string;
      readonly layer?: number;
      readonly head?: number;
      readonly position: number;
      readonly columns: readonly number[];
      readonly values: readonly number[];
    };
  /** The mean of all logits of all positions. */
  readonly means: Prompted & Near & { readonly value: number };
  /** The likeliest next token at some positions. */
  readonly likeliest: Prompted & {
    readonly positions: readonly number[];
    readonly ids: readonly number[];
  };
  /** The mean of -log p over all tokens but the first. */
  readonly losses: Prompted & Near & { readonly value: number };
  /** What follows when the likeliest token is taken again and again: a text, or token ids. */
  readonly continuations: Prompted & {
    readonly continuation?: string;
    readonly continuationIds?: readonly number[];
  };
  /** Probabilities of next tokens, each a text of one token. */
  readonly probabilities: Prompted &
    Near & {
      readonly next: readonly string[];
      readonly values: readonly number[];
    };
  /** Logit of the answer less that of the wrong token at the last position; the mean over the cases. */
  readonly logitDifferences: Sourced & Near & { readonly cases: readonly Case[]; readonly value: number };
  /** The part of that difference that one head writes straight to the end; the mean over the cases. */
  readonly attributions: Sourced &
    Near & {
      readonly layer: number;
      readonly head: number;
      readonly cases: readonly Case[];
      readonly value: number;
    };
  /** A score on a set of texts that is not a part of this project. */
  readonly benchmarks: Sourced & { readonly name: string; readonly value: number };
}

export type KindName = keyof Values;

/** All that is published of one checkpoint, by kind. */
export type Published = { readonly [K in KindName]?: readonly Values[K][] };
