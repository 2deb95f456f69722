/** Where a Float32Array may begin, and a line of the cache does. */
const ALIGNED = 64;

/**
 * Memory for numbers that are wanted for a moment, time and again: pages that have been written are filled several times as fast
 * as fresh ones, which the kernel has to find and to clear.
 */
export class Scratch {
  #buffer: ArrayBuffer | undefined = new ArrayBuffer(0);
  #wanted = 0;

  /** Everything that was taken is free again. From the second time on there is as much as was taken the time before. */
  begin(): void {
    if (this.#buffer && this.#wanted > this.#buffer.byteLength) this.#buffer = new ArrayBuffer(this.#wanted);
    this.#wanted = 0;
  }

  /** Memory of so many bytes, which may hold anything. */
  take(bytes: number): Uint8Array {
    const at = this.#wanted;
    this.#wanted += ALIGNED * Math.ceil(bytes / ALIGNED);
    return this.#buffer && this.#wanted <= this.#buffer.byteLength
      ? new Uint8Array(this.#buffer, at, bytes)
      : new Uint8Array(bytes);
  }

  /** Keeps nothing any more: all memory is fresh from now on. */
  end(): void {
    this.#buffer = undefined;
  }
}
