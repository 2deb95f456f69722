/**
 * What is used of ONNX Runtime's WebAssembly instance, as onnxruntime-web 1.30.0 has it: its interface for itself, which
 * another version may change. Addresses and sizes are in bytes, handles other than 0; a status other than 0 is a failure,
 * of which `_OrtGetLastError` tells.
 */
export interface Instance {
  /** Anew after the memory has grown; views of before go on showing the same memory, which is shared. */
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  getValue(address: number, type: '*'): number;
  UTF8ToString(address: number): string;
  stackSave(): number;
  stackAlloc(bytes: number): number;
  stackRestore(stack: number): void;
  /** @returns 0 when there is no room */
  _malloc(bytes: number): number;
  _free(address: number): void;
  /** A tensor over memory that stays the caller's. @param location 1 for the processor's memory */
  _OrtCreateTensor(
    type: number,
    address: number,
    bytes: number,
    dims: number,
    rank: number,
    location: 1,
  ): number;
  _OrtReleaseTensor(tensor: number): number;
  /** Writes where its type, its data, its dimensions (to be freed) and their count are. */
  _OrtGetTensorData(tensor: number, type: number, data: number, dims: number, rank: number): number;
  _OrtFree(address: number): number;
  /** Tensors and names are read from arrays of addresses; an output of 0 is made. @param options 0 for none */
  _OrtRun(
    session: number,
    inputNames: number,
    inputs: number,
    inputCount: number,
    outputNames: number,
    outputCount: number,
    outputs: number,
    options: 0,
  ): number;
  _OrtGetLastError(code: number, message: number): number;
}

const KEY = Symbol.for('gpt2-in-cells/onnxruntime');

/** The instance that start-ort.mjs has started. */
export function startedInstance(): Instance {
  const instance = (globalThis as { [KEY]?: Instance })[KEY];
  if (!instance) throw new Error('WebAssembly has not started.');
  return instance;
}
