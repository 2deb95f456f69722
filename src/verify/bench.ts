import { ACTIVATIONS, type ActivationName } from '../gpt2/activations';
import type { Config } from '../gpt2/config';
import { headWidth } from '../gpt2/config';
import { ModelError } from '../gpt2/errors';
import { largest } from '../gpt2/sampling';
import type { Subject, SubjectTokenizer, Want } from './api';
import { messages } from './messages';
import type { PublishedPrompt } from './values';

/** What the kinds of rows compute with: a subject, and what they all need of it. */
export class Bench {
  constructor(
    private readonly subject: Subject,
    private readonly signal?: AbortSignal,
  ) {}

  get config(): Config {
    return this.subject.config;
  }

  /** d_head. */
  get headWidth(): number {
    return headWidth(this.config);
  }

  get tokenizer(): SubjectTokenizer {
    if (!this.subject.tokenizer) throw new ModelError(messages.skipped.noTokenizer);
    return this.subject.tokenizer;
  }

  /** Token ids [T] of a prompt. */
  async ids({ text, ids, endOfText }: PublishedPrompt): Promise<readonly number[]> {
    const own = text === undefined ? (ids ?? []) : await this.tokenizer.encode(text);
    return endOfText ? [this.tokenizer.endOfText, ...own] : own;
  }

  /** The id of a text that is one token. @throws ModelError when it is several */
  async token(text: string): Promise<number> {
    const [id, ...more] = await this.tokenizer.encode(text);
    if (id === undefined || more.length > 0)
      throw new ModelError(messages.failed.noSingleToken(text, more.length + (id === undefined ? 0 : 1)));
    return id;
  }

  /** Activations of one forward pass, each at one position or at all. */
  async activations(ids: readonly number[], wants: readonly Want[]): Promise<readonly Float32Array[]> {
    const placed = wants.map((want) => this.#placed(want, ids.length));
    return (await this.subject.read(ids, placed, this.signal)).map(({ data }) => data);
  }

  /** Logits [V] at each of some positions. */
  logits(ids: readonly number[], positions: readonly number[]): Promise<readonly Float32Array[]> {
    return this.activations(
      ids,
      positions.map((position) => ({ name: 'logits', position })),
    );
  }

  /** The likeliest next token at each of some positions. */
  async likeliest(ids: readonly number[], positions: readonly number[]): Promise<number[]> {
    return (await this.logits(ids, positions)).map((row) => largest(row, 1)[0] as number);
  }

  /** Some rows of a parameter → [rows × width]. */
  weight(name: string, row = 0, rows = 1): Promise<Float32Array> {
    return this.subject.weight(name, row, rows);
  }

  #placed(want: Want, tokens: number): Want {
    const { position } = want;
    if (position === undefined) return want;
    if (position < -tokens || position >= tokens)
      throw new ModelError(messages.failed.noPosition(position, tokens));
    return { ...want, position: position < 0 ? tokens + position : position };
  }
}

/** An activation by the name that a file gives. @throws ModelError when there is none of that name */
export function activationNamed(name: string): ActivationName {
  if (!Object.hasOwn(ACTIVATIONS, name)) throw new ModelError(messages.failed.noActivation(name));
  return name as ActivationName;
}
