import type { Config } from '../../../gpt2/config';
import { sizeOf } from '../../affine';
import type { Tensor } from '../../api';
import { headColumns } from '../../onnx/final';
import type { Supply } from '../../supply';
import { Scratch } from '../scratch';
import { type Columns, clearBehind, readColumns, writeColumns } from './columns';
import type { Memory } from './memory';

/** Rows that are read at a time: of GPT-2 1.5 MB, which stay in a processor's cache until they are written. */
const ROWS = 512;

interface Part extends Columns {
  readonly name: string;
  readonly address: number;
  readonly dims: readonly [number, number];
}

/**
 * The output head's matrix [V, d_model] in WebAssembly's memory, by its columns, as `headGraphByColumns` takes it. It is written
 * there once, and is nowhere else: what ONNX Runtime holds itself it is given in an array of its own size first, and this is the
 * largest matrix by far. As a rule it is wte as well, whose rows it can give.
 */
export class HeadMatrix {
  readonly #parts: Part[] = [];

  private constructor(
    private readonly memory: Memory,
    private readonly config: Config,
  ) {}

  /**
   * @param parameter its name
   * @throws Error when there is no room
   */
  static async read(memory: Memory, config: Config, supply: Supply, parameter: string): Promise<HeadMatrix> {
    const { n_embd: d, vocab_size: V } = config;
    const matrix = new HeadMatrix(memory, config);
    const scratch = new Scratch();
    const all = supply.readRows ? undefined : await supply.read(parameter);
    try {
      matrix.#take();
      for (let from = 0; from < V; from += ROWS) {
        const to = Math.min(from + ROWS, V);
        scratch.begin();
        const rows =
          all?.subarray(from * d, to * d) ??
          ((await supply.readRows?.(parameter, from, to, (bytes) => scratch.take(bytes))) as Float32Array);
        for (const part of matrix.#parts) writeColumns(rows, d, from, part, matrix.#numbers(part));
      }
      for (const part of matrix.#parts) clearBehind(V, part, matrix.#numbers(part));
      return matrix;
    } catch (error) {
      matrix.giveBack();
      throw error;
    }
  }

  /** What a run of the head takes beside `ln_final`, to be looked at now. */
  get inputs(): [name: string, tensor: Tensor][] {
    return this.#parts.map((part) => [part.name, { dims: part.dims, data: this.#numbers(part) }]);
  }

  /** ONNX Runtime's tensors over the same. */
  get tensors(): [name: string, tensor: number][] {
    return this.#parts.map(({ name, address, dims }) => [
      name,
      this.memory.tensorAt(address, 'float32', sizeOf(dims) * Float32Array.BYTES_PER_ELEMENT, dims),
    ]);
  }

  /** Rows [from, to) of the matrix, copied; undefined when it has been given back. */
  rows(from: number, to: number): Float32Array | undefined {
    if (this.#parts.length === 0) return undefined;
    const d = this.config.n_embd;
    const rows = new Float32Array((to - from) * d);
    for (const part of this.#parts) readColumns(this.#numbers(part), part, from, d, rows);
    return rows;
  }

  giveBack(): void {
    for (const { address } of this.#parts.splice(0)) this.memory.giveBack(address);
  }

  #take(): void {
    for (const columns of headColumns(this.config)) {
      const dims = [columns.to - columns.from, columns.width] as const;
      this.#parts.push({ ...columns, dims, address: this.memory.take(sizeOf(dims)).byteOffset });
    }
  }

  #numbers({ address, dims }: Part): Float32Array {
    return this.memory.floatsAt(address, sizeOf(dims));
  }
}
