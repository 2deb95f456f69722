import { LRUCache } from 'lru-cache';

/** Activations by key, least recently used out first, within a bound of bytes. */
export class ActivationCache {
  readonly #entries: LRUCache<string, Float32Array> | undefined;

  /** @param limit bytes; 0 keeps nothing */
  constructor(readonly limit: number) {
    if (limit < 1) return;
    this.#entries = new LRUCache({
      maxSize: Math.floor(limit),
      sizeCalculation: (values, key) => values.byteLength + 2 * key.length, // texts take two bytes a letter
    });
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#entries?.calculatedSize ?? 0;
  }

  get(key: string): Float32Array | undefined {
    return this.#entries?.get(key);
  }

  /** Keeps an array, which nobody may write into from now on; one that is larger than the limit is not kept. */
  set(key: string, values: Float32Array): void {
    this.#entries?.set(key, values);
  }

  clear(): void {
    this.#entries?.clear();
  }
}
