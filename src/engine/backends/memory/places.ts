import type * as Ort from 'onnxruntime-web';
import { sizeOf } from '../../affine';
import type { Memory } from './memory';

/** What lies in WebAssembly's memory, and ONNX Runtime's tensor over it. */
export interface Place {
  readonly address: number;
  readonly tensor: number;
}

/** Places in WebAssembly's memory that are taken for a while, and given back all at once. */
export class Places {
  readonly #taken: number[] = [];
  readonly #parts: number[] = [];

  constructor(private readonly memory: Memory) {}

  /** A copy of a tensor's numbers. */
  of({ type, dims, data }: Ort.Tensor): Place {
    return this.#over(this.memory.copyOf(data as Float32Array | Uint8Array | BigInt64Array), type, dims);
  }

  /** Room for float32 numbers, not cleared. */
  room(dims: readonly number[]): Place {
    return this.#over(this.memory.take(sizeOf(dims)), 'float32', dims);
  }

  /** ONNX Runtime's tensor over a part of float32 numbers, from so many of them on. */
  part({ address }: Pick<Place, 'address'>, from: number, dims: readonly number[]): number {
    const bytes = Float32Array.BYTES_PER_ELEMENT;
    const tensor = this.memory.makeTensor('float32', address + from * bytes, sizeOf(dims) * bytes, dims);
    this.#parts.push(tensor);
    return tensor;
  }

  giveBack(): void {
    for (const tensor of this.#parts.splice(0)) this.memory.release(tensor);
    for (const address of this.#taken.splice(0)) this.memory.giveBack(address);
  }

  #over(
    { byteOffset: address, byteLength }: ArrayBufferView,
    type: Ort.Tensor.Type,
    dims: readonly number[],
  ): Place {
    this.#taken.push(address);
    return { address, tensor: this.memory.tensorAt(address, type, byteLength, dims) };
  }
}
