import type * as Ort from 'onnxruntime-web';

/**
 * Numbers that a back end keeps in its own way, until the last who uses them lets go. They are read by that back end alone:
 * what somebody asked for comes as an array, or is copied into one where that takes no waiting.
 */
export abstract class Held {
  #users = 1;

  /** @param owner the back end that they belong to; no other can use them */
  constructor(readonly owner: object) {}

  abstract get bytes(): number;

  /** A copy of them; missing where one would have to wait for it. */
  copy(): Float32Array | undefined {
    return undefined;
  }

  /** Gives their memory back. */
  protected abstract free(): void;

  /** One more uses them. */
  retain(): this {
    this.#users++;
    return this;
  }

  release(): void {
    if (--this.#users === 0) this.free();
  }
}

/** What is held, in whatever way, as ONNX Runtime takes it. */
export type HeldForRuns = Held & { readonly tensors: readonly Ort.Tensor[] };

/** Numbers on a graphics device. */
export class HeldTensors extends Held {
  /** @param tensors [rows, d_model] each, on the device */
  constructor(
    owner: object,
    readonly tensors: readonly Ort.Tensor[],
    private readonly giveBack: () => void,
  ) {
    super(owner);
  }

  get bytes(): number {
    return this.tensors.reduce((sum, { size }) => sum + Float32Array.BYTES_PER_ELEMENT * size, 0);
  }

  protected free(): void {
    this.giveBack();
  }
}

/** Lets go of what is held; arrays belong to nobody. */
export function release(numbers: object | undefined): void {
  if (numbers instanceof Held) numbers.release();
}
