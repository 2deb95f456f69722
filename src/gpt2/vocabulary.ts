/** A byte-pair encoding as tables: what a tokenizer looks up while it works. */
export interface Vocabulary {
  /** By id. */
  readonly tokens: readonly VocabularyToken[];
  /** In the order of their ranks, best first. */
  readonly merges: readonly VocabularyMerge[];
  /** The id of the token that each byte begins as [256]. */
  readonly byteIds: readonly number[];
  /** The id of `<|endoftext|>`, where there is one. */
  readonly endOfText?: number;
}

export interface VocabularyToken {
  /** As people can read it: text, and what is only a part of a character as `\xE2\x80`. */
  readonly text: string;
  /** How many bytes of text it stands for; 0 for `<|endoftext|>`, which no text turns into. */
  readonly bytes: number;
}

/** Two tokens beside each other that become one, by their ids. */
export interface VocabularyMerge {
  readonly left: number;
  readonly right: number;
  readonly result: number;
}
