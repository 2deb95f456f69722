import type * as Ort from 'onnxruntime-web';

/**
 * Numbers that a graphics device holds, until the last who uses them lets go. They are read by the device alone: what
 * somebody asked for comes as an array.
 */
export class Held {
  #users = 1;

  /**
   * @param owner the back end that they belong to; no other can use them
   * @param tensors [rows, d_model] each, on the device
   * @param free gives their memory back
   */
  constructor(
    readonly owner: object,
    readonly tensors: readonly Ort.Tensor[],
    private readonly free: () => void,
  ) {}

  get bytes(): number {
    return this.tensors.reduce((sum, { size }) => sum + Float32Array.BYTES_PER_ELEMENT * size, 0);
  }

  /** One more uses them. */
  retain(): this {
    this.#users++;
    return this;
  }

  release(): void {
    if (--this.#users === 0) this.free();
  }
}

/** Lets go of what is held; arrays belong to nobody. */
export function release(numbers: object | undefined): void {
  if (numbers instanceof Held) numbers.release();
}
