import type { Config } from '../../../gpt2/config';
import { sizeOf } from '../../affine';
import type { Tensor } from '../../api';
import { headColumns } from '../../onnx/final';
import { writeColumns } from './columns';
import type { Memory } from './memory';

/**
 * The output head's matrix [V, d_model] in WebAssembly's memory, by its columns, as `headGraphByColumns` takes it. It is written
 * there once: what ONNX Runtime holds itself it is given in an array of its own size first, and this is the largest matrix by far.
 */
export class HeadMatrix {
  readonly #parts: { readonly name: string; readonly address: number; readonly dims: readonly number[] }[] =
    [];

  /**
   * @param numbers [V, d_model], not needed any more afterwards
   * @throws Error when there is no room
   */
  constructor(
    private readonly memory: Memory,
    config: Config,
    numbers: Float32Array,
  ) {
    try {
      for (const { name, ...columns } of headColumns(config)) {
        const rows = columns.to - columns.from;
        const out = memory.take(rows * columns.width);
        this.#parts.push({ name, address: out.byteOffset, dims: [rows, columns.width] });
        writeColumns(numbers, config.n_embd, columns, out);
      }
    } catch (error) {
      this.giveBack();
      throw error;
    }
  }

  /** What a run of the head takes beside `ln_final`, to be looked at now. */
  get inputs(): [name: string, tensor: Tensor][] {
    return this.#parts.map(({ name, address, dims }) => {
      return [name, { dims, data: this.memory.floatsAt(address, sizeOf(dims)) }];
    });
  }

  /** ONNX Runtime's tensors over the same. */
  get tensors(): [name: string, tensor: number][] {
    return this.#parts.map(({ name, address, dims }) => [
      name,
      this.memory.tensorAt(address, 'float32', sizeOf(dims) * Float32Array.BYTES_PER_ELEMENT, dims),
    ]);
  }

  giveBack(): void {
    for (const { address } of this.#parts.splice(0)) this.memory.giveBack(address);
  }
}
