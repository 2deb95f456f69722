import type { Model } from '../gpt2/reference';
import type { Vocabulary } from '../gpt2/vocabulary';

/** What a workbook is made from. */
export interface Source {
  /** What people call the model. */
  readonly name: string;
  readonly model: Model;
  /** Missing where the model has none: then its input is token ids. */
  readonly vocabulary?: Vocabulary;
  /** Token ids of a text; there where the vocabulary is. */
  encode?(text: string): number[];
}

/** What may be chosen about the workbook. */
export interface Choices {
  /** The most tokens that a prompt may have: 1 to the model's context. */
  readonly room: number;
  /** The prompt that it opens with. */
  readonly prompt: string | readonly number[];
}
