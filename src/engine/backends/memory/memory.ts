import type { Instance } from './instance';

/** Arrays in ONNX Runtime's own memory: runs take them where they lie. */
export class Memory {
  /** The memory's buffers: after it has grown there is another, of the same bytes and more. */
  readonly #buffers = new WeakSet<ArrayBufferLike>();

  constructor(private readonly instance: () => Instance) {}

  /** An array of so many numbers, not cleared. @throws Error when there is no room */
  take(count: number): Float32Array {
    const instance = this.instance();
    const address = instance._malloc(Math.max(1, count) * Float32Array.BYTES_PER_ELEMENT) >>> 0;
    if (address === 0) throw new Error(`There is no memory left for ${count} numbers.`);
    const { buffer } = instance.HEAPU8;
    this.#buffers.add(buffer);
    return new Float32Array(buffer, address, count);
  }

  /** Whoever has taken an array gives it back once, and does not look at it again. */
  giveBack(array: Float32Array): void {
    const address = this.addressOf(array);
    if (address !== undefined) this.instance()._free(address);
  }

  /** Where an array lies in the memory; undefined when it lies elsewhere. */
  addressOf({ buffer, byteOffset }: ArrayBufferView): number | undefined {
    return this.#buffers.has(buffer) ? byteOffset : undefined;
  }
}
