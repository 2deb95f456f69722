import { LRUCache } from 'lru-cache';
import { Held, release } from './backends/held';

/**
 * Activations by key, least recently used out first, within a bound of bytes: arrays, and what a back end holds and
 * nobody has asked for yet.
 */
export class ActivationCache {
  readonly #entries: LRUCache<string, Float32Array | Held> | undefined;

  /** @param limit bytes; 0 keeps nothing */
  constructor(readonly limit: number) {
    if (limit < 1) return;
    this.#entries = new LRUCache({
      maxSize: Math.floor(limit),
      // Texts take two bytes a letter.
      sizeCalculation: (values, key) => bytesOf(values) + 2 * key.length,
      dispose: (values) => release(values),
    });
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#entries?.calculatedSize ?? 0;
  }

  /** An array; in the place of what is held there is one from now on, if it can be had at once. */
  get(key: string): Float32Array | undefined {
    const found = this.#entries?.get(key);
    if (!(found instanceof Held)) return found;
    const copy = found.copy();
    if (copy) this.set(key, copy);
    return copy;
  }

  /** What is held under a key; whoever goes on using it after the cache may have let go retains it. */
  held(key: string): Held | undefined {
    const found = this.#entries?.get(key);
    return found instanceof Held ? found : undefined;
  }

  /** Keeps what is held until there is no room for it, or its numbers come. */
  hold(key: string, held: Held): void {
    if (!this.#entries || this.#entries.has(key)) return;
    this.#entries.set(key, held.retain());
    if (!this.#entries.has(key)) held.release(); // more than there is room for
  }

  /** Lets go of everything that a back end holds. */
  letGo(): void {
    for (const [key, values] of [...(this.#entries?.entries() ?? [])])
      if (values instanceof Held) this.#entries?.delete(key);
  }

  /** Keeps an array, which nobody may write into from now on; one that is larger than the limit is not kept. */
  set(key: string, values: Float32Array): void {
    this.#entries?.set(key, values);
  }

  clear(): void {
    this.#entries?.clear();
  }
}

const bytesOf = (values: Float32Array | Held): number =>
  values instanceof Held ? values.bytes : values.byteLength;
