import { ModelError } from './errors';
import { fromBF16, fromF16 } from './float16';

/** One entry of a safetensors header: where a tensor's bytes lie, counted from the end of the header. */
export interface TensorInfo {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** A safetensors file: its header, and its bytes. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** Everything after the header. */
  readonly data: Uint8Array;
}

const BYTES: Record<string, number> = {
  F32: 4,
  F16: 2,
  BF16: 2,
  F64: 8,
  I64: 8,
  I32: 4,
  U8: 1,
  I8: 1,
  BOOL: 1,
};

const isInfo = (info: unknown): info is TensorInfo => {
  const { dtype, shape, data_offsets } = (info ?? {}) as TensorInfo;
  const whole = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;
  return (
    typeof dtype === 'string' &&
    Array.isArray(shape) &&
    shape.every(whole) &&
    Array.isArray(data_offsets) &&
    data_offsets.length === 2 &&
    data_offsets.every(whole)
  );
};

/** Bytes before the header's JSON: its length. */
export const LENGTH_BYTES = 8;

/** The format's own limit on the header's JSON; whatever says more is some other kind of file. */
const LONGEST_HEADER = 100_000_000;

const broken = (why: string): never => {
  throw new ModelError(`This is not a whole safetensors file: ${why}.`);
};

/**
 * Where the tensors begin: behind the header's length and the header.
 * @param first the file's first 8 bytes, or more
 * @throws ModelError when this cannot be the beginning of a safetensors file
 */
export function dataStart(first: Uint8Array): number {
  if (first.length < LENGTH_BYTES) {
    return broken(`it has ${first.length} bytes, and its header alone takes ${LENGTH_BYTES}`);
  }
  const length = Number(new DataView(first.buffer, first.byteOffset, LENGTH_BYTES).getBigUint64(0, true));
  if (length > LONGEST_HEADER) {
    return broken(`it says that its header is ${length} bytes long, and ${LONGEST_HEADER} are allowed`);
  }
  return LENGTH_BYTES + length;
}

/**
 * Reads a header.
 * @param json the bytes between the length and the tensors
 * @param size bytes of all tensors together; unknown while a file is on its way from a server that does not say
 * @throws ModelError when a tensor's place or shape cannot be
 */
export function parseHeader(json: Uint8Array, size = Number.POSITIVE_INFINITY): Map<string, TensorInfo> {
  let header: unknown;
  try {
    header = JSON.parse(ascii(json));
  } catch {
    return broken('its header is not JSON');
  }
  if (typeof header !== 'object' || header === null) return broken('its header is not a JSON object');
  const tensors = new Map<string, TensorInfo>();
  for (const [name, info] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    if (!isInfo(info)) return broken(`tensor "${name}" has no readable dtype, shape and data_offsets`);
    const [begin, end] = info.data_offsets;
    const needed = info.shape.reduce((product, n) => product * n, BYTES[info.dtype] ?? Number.NaN);
    if (end > size) return broken(`tensor "${name}" ends at byte ${end} of ${size}`);
    if (!Number.isNaN(needed) && end - begin !== needed) {
      return broken(`tensor "${name}" takes ${end - begin} bytes where its shape needs ${needed}`);
    }
    tensors.set(name, info);
  }
  return tensors;
}

/**
 * Reads the header of a safetensors file (8 bytes of length, JSON, raw little-endian tensors).
 * @throws ModelError when the file is cut short or is not a safetensors file
 */
export function openSafetensors(file: Uint8Array): Safetensors {
  const start = dataStart(file);
  if (start > file.length) {
    return broken(
      `its header says it is ${start - LENGTH_BYTES} bytes long, and the file has ${file.length}`,
    );
  }
  const data = file.subarray(start);
  return { tensors: parseHeader(file.subarray(LENGTH_BYTES, start), data.length), data };
}

/**
 * The numbers of one tensor as float32; F16 and BF16 are widened, which is exact.
 * @throws ModelError when there is no such tensor or it holds no such numbers
 */
export function readTensor(file: Safetensors, name: string): Float32Array {
  const info = file.tensors.get(name);
  if (!info) throw new ModelError(`The file holds no tensor "${name}".`);
  // A copy, because a tensor may begin at any byte and a Float32Array only at a multiple of four.
  return widen(name, info.dtype, new Uint8Array(file.data.subarray(...info.data_offsets)));
}

/**
 * A tensor's bytes as float32; those of F32 are not copied.
 * @param bytes they begin where their numbers may begin in an ArrayBuffer
 * @throws ModelError when they hold something else
 */
export function widen(
  name: string,
  dtype: string,
  { buffer, byteOffset, byteLength }: Uint8Array,
): Float32Array {
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    case 'F16':
      return fromF16(new Uint16Array(buffer, byteOffset, byteLength / 2));
    case 'BF16':
      return fromBF16(new Uint16Array(buffer, byteOffset, byteLength / 2));
    default:
      throw new ModelError(`Tensor "${name}" holds ${dtype}; F32, F16 and BF16 can be read.`);
  }
}

/** Header JSON as text; names outside ASCII arrive in JSON's own escapes or do not occur in GPT-2. */
function ascii(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return text;
}
