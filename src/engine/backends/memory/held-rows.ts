import type * as Ort from 'onnxruntime-web';
import { Held } from '../held';
import type { Tensors } from '../tensors';
import type { Memory } from './memory';

/** Rows in WebAssembly's memory: a run writes them there, and the next takes them from there. */
export class HeldRows extends Held {
  /** Where they are. */
  readonly address: number;
  readonly #count: number;

  /**
   * Room for rows that a run is about to write.
   * @param dims [R, d_model]
   * @throws Error when there is none
   */
  constructor(
    owner: object,
    private readonly memory: Memory,
    private readonly maker: Tensors,
    private readonly dims: readonly [number, number],
  ) {
    super(owner);
    this.#count = dims[0] * dims[1];
    this.address = memory.take(this.#count).byteOffset;
  }

  get bytes(): number {
    return Float32Array.BYTES_PER_ELEMENT * this.#count;
  }

  /** To be used now: an array over the memory is good until that grows. */
  get tensors(): readonly [Ort.Tensor] {
    const data = this.memory.floatsAt(this.address, this.#count);
    return [this.maker.of({ dims: [...this.dims], data })];
  }

  override copy(): Float32Array {
    return this.memory.floatsAt(this.address, this.#count).slice();
  }

  protected free(): void {
    this.memory.giveBack(this.address);
  }
}
