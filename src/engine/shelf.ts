import type { ActivationName } from '../gpt2/activations';
import { keyOf } from '../gpt2/reference';
import type { Held } from './backends/held';
import type { ActivationCache } from './cache';
import type { Edits } from './edits';
import { orderOf } from './order';
import type { Rows } from './rows';
import { whole } from './rows';

/** What a pass has at hand: what it has just computed, and what the cache has of the same prompt and edits. */
export class Shelf {
  /** What the last step computed, for requests that want it; the cache may have had no room. */
  readonly #fresh = new Map<string, Rows>();

  /** @param prompt tells prompts apart */
  constructor(
    private readonly cache: ActivationCache,
    private readonly prompt: string,
    private readonly edits: Edits,
  ) {}

  /** Lets go of what only the last step had. */
  clear(): void {
    this.#fresh.clear();
  }

  find(name: ActivationName, layer: number): Rows | undefined {
    return this.#find(keyOf(name, layer), orderOf(name, layer));
  }

  /** A row of the logits, [V]. */
  findLogits(row: number): Float32Array | undefined {
    return this.#find(rowKey(row), orderOf('logits'))?.values;
  }

  /** The same activation of another prompt, with no edits to either. */
  findOf(prompt: string, name: ActivationName, layer: number): Float32Array | undefined {
    return this.cache.get(this.#cacheKey(keyOf(name, layer), orderOf(name, layer), prompt));
  }

  put(name: ActivationName, layer: number, rows: Rows): void {
    this.#put(keyOf(name, layer), orderOf(name, layer), rows);
  }

  putLogits(row: number, values: Float32Array): void {
    this.#put(rowKey(row), orderOf('logits'), whole(values));
  }

  /** All rows of an activation, where a back end holds them. */
  findHeld(name: ActivationName, layer: number): Held | undefined {
    return this.cache.held(this.#cacheKey(keyOf(name, layer), orderOf(name, layer)));
  }

  hold(name: ActivationName, layer: number, held: Held): void {
    this.cache.hold(this.#cacheKey(keyOf(name, layer), orderOf(name, layer)), held);
  }

  #find(key: string, order: number): Rows | undefined {
    const fresh = this.#fresh.get(key);
    if (fresh) return fresh;
    const cached = this.cache.get(this.#cacheKey(key, order));
    return cached && whole(cached);
  }

  /** The cache has only activations with all their rows. */
  #put(key: string, order: number, rows: Rows): void {
    this.#fresh.set(key, rows);
    if (rows.from === 0) this.cache.set(this.#cacheKey(key, order), rows.values);
  }

  /** Edits that act later than an activation do not change it, so they are no part of its key. */
  #cacheKey(key: string, order: number, prompt = this.prompt): string {
    return `${key}|${prompt}|${this.edits.keyUpTo(order)}`;
  }
}

const rowKey = (row: number) => `logits@${row}`;
