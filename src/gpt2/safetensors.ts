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

/**
 * Reads the header of a safetensors file (8 bytes of length, JSON, raw little-endian tensors).
 * @throws ModelError when the file is cut short or is not a safetensors file
 */
export function openSafetensors(file: Uint8Array): Safetensors {
  const broken = (why: string): never => {
    throw new ModelError(`This is not a whole safetensors file: ${why}.`);
  };
  if (file.length < 8) return broken(`it has ${file.length} bytes, and its header alone takes 8`);
  const length = Number(new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true));
  if (8 + length > file.length) {
    return broken(`its header says it is ${length} bytes long, and the file has ${file.length}`);
  }
  let header: unknown;
  try {
    header = JSON.parse(ascii(file.subarray(8, 8 + length)));
  } catch {
    return broken('its header is not JSON');
  }
  if (typeof header !== 'object' || header === null) return broken('its header is not a JSON object');
  const data = file.subarray(8 + length);
  const tensors = new Map<string, TensorInfo>();
  for (const [name, info] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    if (!isInfo(info)) return broken(`tensor "${name}" has no readable dtype, shape and data_offsets`);
    const [begin, end] = info.data_offsets;
    const size = info.shape.reduce((product, n) => product * n, BYTES[info.dtype] ?? Number.NaN);
    if (end > data.length) return broken(`tensor "${name}" ends at byte ${end} of ${data.length}`);
    if (!Number.isNaN(size) && end - begin !== size) {
      return broken(`tensor "${name}" takes ${end - begin} bytes where its shape needs ${size}`);
    }
    tensors.set(name, info);
  }
  return { tensors, data };
}

/**
 * The numbers of one tensor as float32; F16 and BF16 are widened, which is exact.
 * @throws ModelError when there is no such tensor or it holds no such numbers
 */
export function readTensor(file: Safetensors, name: string): Float32Array {
  const info = file.tensors.get(name);
  if (!info) throw new ModelError(`The file holds no tensor "${name}".`);
  const [begin, end] = info.data_offsets;
  // A copy, because a tensor may begin at any byte and a Float32Array only at a multiple of four.
  const bytes = new Uint8Array(file.data.subarray(begin, end)).buffer;
  switch (info.dtype) {
    case 'F32':
      return new Float32Array(bytes);
    case 'F16':
      return fromF16(new Uint16Array(bytes));
    case 'BF16':
      return fromBF16(new Uint16Array(bytes));
    default:
      throw new ModelError(`Tensor "${name}" holds ${info.dtype}; F32, F16 and BF16 can be read.`);
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
