import type * as Ort from 'onnxruntime-web';
import type { Instance } from './instance';

/** ONNX's numbers for the types that go in. */
const TYPES: { readonly [type in Ort.Tensor.Type]?: number } = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
};
const CPU = 1;
const POINTER = 4;

type Numbers = Float32Array | Uint8Array | BigInt64Array;

/**
 * Arrays in ONNX Runtime's own memory: runs take them where they lie. Whoever keeps one for long keeps its address, and asks
 * for the array anew: an array holds on to the whole memory as it was before it grew, and browsers count that once more.
 */
export class Memory {
  /** The memory's buffers: after it has grown there is another, of the same bytes and more. */
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  /** Tensors over arrays that somebody has taken, by their address; they go with the array. */
  readonly #tensors = new Map<number, { readonly dims: readonly number[]; readonly value: number }>();

  constructor(private readonly instance: () => Instance) {}

  /**
   * Lets so many bytes be taken later without the memory growing. When it grows by itself, it grows by a fifth, or by 96 MB beyond what is
   * needed; asked for more than that at once, by just that. Nothing is taken, and none is missed where there is no room.
   */
  reserve(bytes: number): void {
    const address = this.instance()._malloc(bytes) >>> 0;
    if (address !== 0) this.instance()._free(address);
  }

  /** An array of so many numbers, not cleared. @throws Error when there is no room */
  take(count: number): Float32Array {
    return this.floatsAt(this.allocate(count * Float32Array.BYTES_PER_ELEMENT), count);
  }

  /** An array that was taken, or a part of it. */
  floatsAt(address: number, count: number): Float32Array {
    const { buffer } = this.instance().HEAPU8;
    this.#buffers.add(buffer);
    return new Float32Array(buffer, address, count);
  }

  /** A copy of an array there. @throws Error when there is no room */
  copyOf<T extends Numbers>(array: T): T {
    const address = this.copyIn(array);
    const { buffer } = this.instance().HEAPU8;
    this.#buffers.add(buffer);
    return new (array.constructor as new (buffer: ArrayBufferLike, at: number, length: number) => T)(
      buffer,
      address,
      array.length,
    );
  }

  /** Whoever has taken an array gives its address back once, and does not look there again. */
  giveBack(address: number): void {
    const tensor = this.#tensors.get(address);
    if (tensor) this.instance()._OrtReleaseTensor(tensor.value);
    this.#tensors.delete(address);
    this.instance()._free(address);
  }

  /** Bytes, which the caller frees. @throws Error when there is no room */
  allocate(bytes: number): number {
    const address = this.instance()._malloc(Math.max(1, bytes)) >>> 0;
    if (address === 0) throw new Error(`There is no memory left for ${bytes} bytes.`);
    return address;
  }

  /** The address of a copy, which the caller frees. @throws Error when there is no room */
  copyIn({ buffer, byteOffset, byteLength }: ArrayBufferView): number {
    const address = this.allocate(byteLength);
    this.instance().HEAPU8.set(new Uint8Array(buffer, byteOffset, byteLength), address);
    return address;
  }

  /** ONNX Runtime's tensor over an array that was taken; undefined over any other. It stays for as long as the array does. */
  tensorOver({ type, dims, data }: Ort.Tensor): number | undefined {
    const { buffer, byteOffset, byteLength } = data as Numbers;
    return this.#buffers.has(buffer) ? this.tensorAt(byteOffset, type, byteLength, dims) : undefined;
  }

  /** The same over what was taken at an address. */
  tensorAt(address: number, type: Ort.Tensor.Type, bytes: number, dims: readonly number[]): number {
    const known = this.#tensors.get(address);
    if (known?.dims.every((size, i) => size === dims[i])) return known.value;
    if (known) this.instance()._OrtReleaseTensor(known.value);
    const value = this.makeTensor(type, address, bytes, dims);
    this.#tensors.set(address, { dims: [...dims], value });
    return value;
  }

  /** ONNX Runtime's tensor over so many bytes, which the caller releases. */
  makeTensor(type: Ort.Tensor.Type, address: number, bytes: number, dims: readonly number[]): number {
    const instance = this.instance();
    const code = TYPES[type];
    if (code === undefined) throw new Error(`A tensor is of type ${type}.`);
    const stack = instance.stackSave();
    try {
      const sizes = instance.stackAlloc(Math.max(1, dims.length) * POINTER);
      instance.HEAPU32.set(dims, sizes / POINTER);
      const value = instance._OrtCreateTensor(code, address, bytes, sizes, dims.length, CPU);
      return value === 0 ? this.fail() : value;
    } finally {
      instance.stackRestore(stack);
    }
  }

  /** Lets go of a tensor that `makeTensor` has made; what it lies over stays. */
  release(tensor: number): void {
    this.instance()._OrtReleaseTensor(tensor);
  }

  /** @throws Error with what ONNX Runtime says of its last failure */
  fail(): never {
    const instance = this.instance();
    const stack = instance.stackSave();
    const about = instance.stackAlloc(2 * POINTER);
    instance._OrtGetLastError(about, about + POINTER);
    const [code, message] = instance.HEAPU32.slice(about / POINTER, about / POINTER + 2);
    instance.stackRestore(stack);
    throw new Error(message ? instance.UTF8ToString(message) : `ONNX Runtime failed with code ${code}.`);
  }
}
