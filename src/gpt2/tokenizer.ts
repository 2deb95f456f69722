import { BYTE_TO_CHAR, CHAR_TO_BYTE } from './alphabet';
import { type Merge, mergePairs } from './bpe';
import { ModelError } from './errors';
import { decodeUtf8, encodeUtf8 } from './utf8';
import type { Vocabulary } from './vocabulary';

/** The token that separates texts, and the only one that text itself never turns into. */
export const END_OF_TEXT = '<|endoftext|>';

/** How one pre-token was encoded. The parts are as people can read them, like `Tokenizer.show`. */
export interface PreTokenMerges {
  readonly preToken: string;
  /** In the order in which they happen; none where every byte stays a token of its own. */
  readonly merges: readonly (Merge & { readonly result: string })[];
}

/** A text, or its token ids. */
export type Prompt = { readonly text: string } | { readonly ids: readonly number[] };

/**
 * GPT-2's pre-tokens: contractions, words, numbers and punctuation with the space before them, other white space.
 * `\p{White_Space}` and not `\s`, which in JavaScript differs from the published encoder in U+0085 and U+FEFF.
 */
const PRE_TOKEN =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/** Pre-tokens whose encoding is remembered, for texts repeat their words; and how long they may be. */
const REMEMBERED = 10_000;
const LONGEST_REMEMBERED = 64;

/** Text to token ids and back: GPT-2's byte-level byte-pair encoding. */
export class Tokenizer {
  readonly #ranks = new Map<string, number>();
  readonly #ids = new Map<string, number>();
  readonly #tokens: string[] = [];
  readonly #remembered = new Map<string, readonly number[]>();

  /**
   * @param vocab the parsed `vocab.json` (`encoder.json` in OpenAI's release): token → id
   * @param merges the text of `merges.txt` (`vocab.bpe`): a pair a line, best first
   * @throws ModelError when a token is missing that the merges make, or that stands for a byte
   */
  constructor(vocab: Readonly<Record<string, number>>, merges: string) {
    for (const [token, id] of Object.entries(vocab)) {
      this.#ids.set(token, id);
      this.#tokens[id] = token;
    }
    for (const line of merges.split(/\r?\n/)) {
      if (line === '' || line.startsWith('#version')) continue;
      this.#ranks.set(line, this.#ranks.size);
    }
    for (const token of [...BYTE_TO_CHAR, ...[...this.#ranks.keys()].map((pair) => pair.replace(' ', ''))]) {
      if (!this.#ids.has(token)) throw new ModelError(`vocab.json has no id for the token "${token}".`);
    }
  }

  /** Tokens in the vocabulary. */
  get size(): number {
    return this.#tokens.length;
  }

  /** The id of `<|endoftext|>`. */
  get endOfText(): number {
    const id = this.#ids.get(END_OF_TEXT);
    if (id === undefined) throw new ModelError(`vocab.json has no ${END_OF_TEXT}.`);
    return id;
  }

  /** What this tokenizer looks up, as tables. */
  vocabulary(): Vocabulary {
    const id = (token: string) => this.#ids.get(token) as number;
    const endOfText = this.#ids.get(END_OF_TEXT);
    return {
      tokens: Array.from({ length: this.size }, (_, at) => ({
        text: this.show(at),
        bytes: at === endOfText ? 0 : this.#bytes(at).length,
      })),
      merges: Array.from(this.#ranks.keys(), (pair) => {
        const [left = '', right = ''] = pair.split(' ');
        return { left: id(left), right: id(right), result: id(left + right) };
      }),
      byteIds: BYTE_TO_CHAR.map(id),
      ...(endOfText !== undefined && { endOfText }),
    };
  }

  /** Token ids of a text [T]. `<|endoftext|>` written in the text is ordinary text, as in the published encoder. */
  encode(text: string): number[] {
    const ids: number[] = [];
    for (const [preToken] of text.matchAll(PRE_TOKEN)) {
      for (const id of this.#encodePreToken(preToken)) ids.push(id);
    }
    return ids;
  }

  /** How a text is encoded, merge by merge: an entry for each pre-token, in the order of the text. */
  merges(text: string): PreTokenMerges[] {
    return Array.from(text.matchAll(PRE_TOKEN), ([preToken]) => {
      const bytes = encodeUtf8(preToken);
      const merges: PreTokenMerges['merges'][number][] = [];
      mergePairs(symbolsOf(bytes), this.#ranks, ({ rank, left, right }) => {
        const [l, r, result] = [left, right, left + right].map((token) => readable(bytesOf(token)));
        merges.push({ rank, left: l as string, right: r as string, result: result as string });
      });
      return { preToken: decodeUtf8(bytes), merges };
    });
  }

  /** The text that token ids [T] spell. Bytes that form no character become U+FFFD. */
  decode(ids: Iterable<number>): string {
    const bytes: number[] = [];
    let text = '';
    for (const id of ids) {
      if (this.#token(id) !== END_OF_TEXT) {
        for (const byte of this.#bytes(id)) bytes.push(byte);
      } else {
        text += decodeUtf8(bytes.splice(0)) + END_OF_TEXT;
      }
    }
    return text + decodeUtf8(bytes);
  }

  /** One token as people can read it: its text, and bytes that are only a part of a character as `\xE2\x80`. */
  show(id: number): string {
    if (this.#token(id) === END_OF_TEXT) return END_OF_TEXT;
    return readable(this.#bytes(id));
  }

  #encodePreToken(preToken: string): readonly number[] {
    const known = this.#remembered.get(preToken);
    if (known) return known;
    const ids = mergePairs(symbolsOf(encodeUtf8(preToken)), this.#ranks).map(
      (token) => this.#ids.get(token) as number,
    );
    if (preToken.length <= LONGEST_REMEMBERED) {
      if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
      this.#remembered.set(preToken, ids);
    }
    return ids;
  }

  #token(id: number): string {
    const token = this.#tokens[id];
    if (token === undefined) {
      throw new ModelError(`${id} is not a token id; this vocabulary has the ids 0 to ${this.size - 1}.`);
    }
    return token;
  }

  #bytes(id: number): number[] {
    return bytesOf(this.#token(id));
  }
}

/** Bytes in GPT-2's alphabet, one character each. */
const symbolsOf = (bytes: readonly number[]): string[] => bytes.map((byte) => BYTE_TO_CHAR[byte] as string);

/** The bytes of a token written in GPT-2's alphabet. */
const bytesOf = (token: string): number[] => [...token].map((char) => CHAR_TO_BYTE.get(char) as number);

/** Bytes as people can read them: text, and what is only a part of a character as `\xE2\x80`. */
const readable = (bytes: number[]): string =>
  decodeUtf8(bytes, (run) =>
    run.map((byte) => `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
