import type * as Ort from 'onnxruntime-web';
import type { Instance } from './instance';
import type { Memory } from './memory';

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
   * @param placed where outputs are to be written that need not be read: arrays of the memory
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
    const inputs = Object.keys(feeds);
    const [values, copies]: [number[], number[]] = [[], []];
    let made: number[] = [];
    try {
      const given = inputs.map((name) => this.#value(feeds[name] as Ort.Tensor, values, copies));
      const places = names.map((name) => (placed[name] ? this.#placeOf(name, placed[name]) : 0));
      const outputs = this.call(session, inputs, given, names, places);
      made = outputs.filter((_, i) => places[i] === 0);
      const read = names.flatMap((name, i): [string, Ort.Tensor][] =>
        places[i] === 0 ? [[name, this.#read(outputs[i] as number)]] : [],
      );
      return new Map(read);
    } finally {
      for (const value of [...made, ...values]) instance._OrtReleaseTensor(value);
      for (const address of copies) instance._free(address);
    }
  }

  /**
   * Runs a session on ONNX Runtime's own tensors.
   * @param places tensors to write outputs into, or 0
   * @returns the outputs; those whose place was 0 are new, and the caller's to release
   * @throws Error with ONNX Runtime's message
   */
  call(
    session: Ort.InferenceSession,
    inputNames: readonly string[],
    inputs: readonly number[],
    outputNames: readonly string[],
    places: readonly number[],
  ): number[] {
    const instance = this.instance();
    const stack = instance.stackSave();
    const [n, m] = [inputs.length, places.length];
    const start = instance.stackAlloc(2 * (n + m) * POINTER);
    // The stack lies low: a view of before the memory has grown shows it, too.
    const list = instance.HEAPU32.subarray(start / POINTER, start / POINTER + 2 * (n + m));
    const [inputsAt, outputNamesAt, outputsAt] = [n, 2 * n, 2 * n + m];
    try {
      for (let i = 0; i < n; i++) {
        list[i] = this.#name(inputNames[i] as string);
        list[inputsAt + i] = inputs[i] as number;
      }
      for (let i = 0; i < m; i++) {
        list[outputNamesAt + i] = this.#name(outputNames[i] as string);
        list[outputsAt + i] = places[i] as number;
      }
      const at = (i: number) => start + i * POINTER;
      const status = instance._OrtRun(
        handleOf(session),
        at(0),
        at(inputsAt),
        n,
        at(outputNamesAt),
        m,
        at(outputsAt),
        0,
      );
      const outputs = [...list.subarray(outputsAt)];
      if (status === 0) return outputs;
      outputs.forEach((output, i) => {
        if (output !== places[i]) instance._OrtReleaseTensor(output);
      });
      return this.memory.fail();
    } finally {
      instance.stackRestore(stack);
    }
  }

  /** A tensor for a run. @param values takes it if it is for this run alone @param copies takes the address of what was copied for it */
  #value(tensor: Ort.Tensor, values: number[], copies: number[]): number {
    const known = this.memory.tensorOver(tensor);
    if (known !== undefined) return known;
    const data = tensor.data as Exclude<Ort.Tensor.DataType, string[]>;
    const address = this.memory.copyIn(data);
    copies.push(address);
    const value = this.memory.makeTensor(tensor.type, address, data.byteLength, tensor.dims);
    values.push(value);
    return value;
  }

  #placeOf(name: string, tensor: Ort.Tensor): number {
    const place = this.memory.tensorOver(tensor);
    if (place === undefined) throw new Error(`The place for ${name} is not in ONNX Runtime's memory.`);
    return place;
  }

  #read(tensor: number): Ort.Tensor {
    const instance = this.instance();
    const stack = instance.stackSave();
    try {
      const about = instance.stackAlloc(4 * POINTER);
      const status = instance._OrtGetTensorData(
        tensor,
        about,
        about + POINTER,
        about + 2 * POINTER,
        about + 3 * POINTER,
      );
      if (status !== 0) this.memory.fail();
      // Reading a value shows what the memory has grown by.
      const [address, dimsAt, rank] = [1, 2, 3].map(
        (i) => instance.getValue(about + i * POINTER, '*') >>> 0,
      ) as [number, number, number];
      const dims = [...instance.HEAPU32.subarray(dimsAt / POINTER, dimsAt / POINTER + rank)];
      instance._OrtFree(dimsAt);
      const size = dims.reduce((a, b) => a * b, 1);
      const data = new Float32Array(instance.HEAPU8.buffer, address, size).slice();
      return new this.ort.Tensor('float32', data, dims);
    } finally {
      instance.stackRestore(stack);
    }
  }

  #name(name: string): number {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const address = this.memory.copyIn(new TextEncoder().encode(`${name}\0`));
    this.#names.set(name, address);
    return address;
  }
}

/** The address of a session; onnxruntime-web's type hides it. */
const handleOf = (session: Ort.InferenceSession) =>
  (session as unknown as { handler: { sessionId: number } }).handler.sessionId;
