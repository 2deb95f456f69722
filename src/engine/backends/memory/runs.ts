import type * as Ort from 'onnxruntime-web';
import type { Instance } from './instance';
import type { Memory } from './memory';

/** ONNX's numbers for the types that go in. */
const TYPES: { readonly [type in Ort.Tensor.Type]?: number } = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
};
const CPU = 1;
const POINTER = 4;

/**
 * Runs sessions as onnxruntime-web's `InferenceSession.run` does, but what lies in the memory already is not copied into
 * it again, and nothing waits between the steps.
 */
export class Runs {
  /** Addresses of names, which stay. */
  readonly #names = new Map<string, number>();

  constructor(
    private readonly ort: typeof Ort,
    private readonly instance: () => Instance,
    private readonly memory: Memory,
  ) {}

  /**
   * @param placed where outputs are to be written that need not be read
   * @returns the other outputs, float32 arrays of the caller's own
   * @throws Error with ONNX Runtime's message
   */
  run(
    session: Ort.InferenceSession,
    feeds: Readonly<Record<string, Ort.Tensor>>,
    names: readonly string[],
    placed: Readonly<Record<string, Ort.Tensor>> = {},
  ): Map<string, Ort.Tensor> {
    const instance = this.instance();
    const inputs = Object.entries(feeds);
    const [values, copies]: [number[], number[]] = [[], []];
    const stack = instance.stackSave();
    const outputs = this.#list(names.map(() => 0));
    try {
      for (const [, tensor] of inputs) values.push(this.#value(tensor, copies));
      names.forEach((name, i) => {
        if (placed[name]) this.#put(outputs, i, this.#value(placed[name], copies));
      });
      this.#check(
        instance._OrtRun(
          handleOf(session),
          this.#list(inputs.map(([name]) => this.#name(name))),
          this.#list(values),
          inputs.length,
          this.#list(names.map((name) => this.#name(name))),
          names.length,
          outputs,
          0,
        ),
      );
      const found = new Map<string, Ort.Tensor>();
      names.forEach((name, i) => {
        if (!placed[name]) found.set(name, this.#read(this.#at(outputs, i)));
      });
      return found;
    } finally {
      names.forEach((_, i) => {
        const made = this.#at(outputs, i);
        if (made) instance._OrtReleaseTensor(made);
      });
      for (const value of values) instance._OrtReleaseTensor(value);
      for (const address of copies) instance._free(address);
      instance.stackRestore(stack);
    }
  }

  /** A tensor for a run. @param copies takes the address of what was copied for it */
  #value({ type, dims, data }: Ort.Tensor, copies: number[]): number {
    const instance = this.instance();
    const [code, view] = [TYPES[type], data as Exclude<Ort.Tensor.DataType, string[]>];
    if (code === undefined) throw new Error(`A tensor is of type ${type}.`);
    let address = this.memory.addressOf(view);
    if (address === undefined) {
      address = instance._malloc(Math.max(1, view.byteLength)) >>> 0;
      if (address === 0) throw new Error(`There is no memory left for ${view.byteLength} bytes.`);
      copies.push(address);
      instance.HEAPU8.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), address);
    }
    const made = instance._OrtCreateTensor(
      code,
      address,
      view.byteLength,
      this.#list(dims),
      dims.length,
      CPU,
    );
    if (made === 0) this.#fail();
    return made;
  }

  #read(tensor: number): Ort.Tensor {
    const instance = this.instance();
    const about = this.#list([0, 0, 0, 0]);
    this.#check(
      instance._OrtGetTensorData(tensor, about, about + POINTER, about + 2 * POINTER, about + 3 * POINTER),
    );
    const [address, dimsAt, rank] = [1, 2, 3].map((i) => this.#at(about, i)) as [number, number, number];
    const dims = Array.from({ length: rank }, (_, i) => this.#at(dimsAt, i));
    instance._OrtFree(dimsAt);
    const size = dims.reduce((a, b) => a * b, 1);
    const data = new Float32Array(size);
    data.set(new Float32Array(instance.HEAPU8.buffer, address, size));
    return new this.ort.Tensor('float32', data, dims);
  }

  /** Whole numbers or addresses, one after the other, on the stack. */
  #list(items: readonly number[]): number {
    const instance = this.instance();
    const start = instance.stackAlloc(Math.max(1, items.length) * POINTER);
    items.forEach((item, i) => {
      this.#put(start, i, item);
    });
    return start;
  }

  #put(list: number, i: number, item: number): void {
    this.instance().setValue(list + i * POINTER, item, 'i32');
  }

  #at(list: number, i: number): number {
    return this.instance().getValue(list + i * POINTER, '*') >>> 0;
  }

  #name(name: string): number {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const text = new TextEncoder().encode(`${name}\0`);
    const instance = this.instance();
    const address = instance._malloc(text.length) >>> 0;
    if (address === 0) throw new Error('There is no memory left.');
    instance.HEAPU8.set(text, address);
    this.#names.set(name, address);
    return address;
  }

  #check(status: number): void {
    if (status !== 0) this.#fail();
  }

  #fail(): never {
    const instance = this.instance();
    const about = this.#list([0, 0]);
    instance._OrtGetLastError(about, about + POINTER);
    const [code, message] = [this.#at(about, 0), this.#at(about, 1)];
    throw new Error(message ? instance.UTF8ToString(message) : `ONNX Runtime failed with code ${code}.`);
  }
}

/** The address of a session; onnxruntime-web's type hides it. */
const handleOf = (session: Ort.InferenceSession) =>
  (session as unknown as { handler: { sessionId: number } }).handler.sessionId;
