import { parameterShapes } from '../../src/gpt2/parameters';
import type { Model } from '../../src/gpt2/reference';

export type Dtype = 'F32' | 'F16' | 'BF16';

export interface Tensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A safetensors file of some tensors, in their order. */
export function safetensors(tensors: ReadonlyMap<string, Tensor>): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let at = 0;
  for (const [name, { dtype, shape, bytes }] of tensors) {
    header[name] = { dtype, shape, data_offsets: [at, at + bytes.length] };
    at += bytes.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + at);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  let to = 8 + json.length;
  for (const { bytes } of tensors.values()) {
    file.set(bytes, to);
    to += bytes.length;
  }
  return file;
}

/** Numbers as a file has them. Those that go into 16 bits must already be numbers that 16 bits can hold. */
export function encode(values: Float32Array, dtype: Dtype): Uint8Array {
  if (dtype === 'F32') return new Uint8Array(values.slice().buffer);
  const out = new DataView(new ArrayBuffer(2 * values.length));
  const word = new DataView(new ArrayBuffer(4));
  values.forEach((value, i) => {
    word.setFloat32(0, value);
    if (dtype === 'BF16') out.setUint16(2 * i, word.getUint16(0), true);
    else out.setUint16(2 * i, halfBits(value), true);
  });
  return new Uint8Array(out.buffer);
}

/** The number nearest to `value` that a format of 16 bits can hold: independent of src/gpt2/float16.ts, by arithmetic alone. */
export function rounded(value: number, dtype: Dtype): number {
  if (dtype === 'F32' || value === 0) return Math.fround(value);
  const digits = dtype === 'F16' ? 10 : 7;
  const smallest = dtype === 'F16' ? -14 : -126;
  const exponent = Math.max(smallest, Math.floor(Math.log2(Math.abs(value))));
  const step = 2 ** (exponent - digits);
  return Math.round(value / step) * step;
}

/** The 16 bits of a number that half precision can hold. */
function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === 0) return sign;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const fraction = size / 2 ** exponent;
  if (fraction < 1) return sign | (fraction * 1024);
  return sign | ((exponent + 15) << 10) | ((fraction - 1) * 1024);
}

export interface CheckpointOptions {
  readonly dtype?: Dtype;
  /** As GPT2LMHeadModel writes names. */
  readonly prefix?: boolean;
  /** With the causal masks that older checkpoints carry. */
  readonly buffers?: boolean;
  /** In so many files, with an index. */
  readonly shards?: number;
}

export type Files = Map<string, Uint8Array>;

/** A model as a folder of the hub: config, weights, and a vocabulary where one is given. */
export function checkpoint(model: Model, options: CheckpointOptions = {}, vocabulary?: Files): Files {
  const { dtype = 'F32', prefix = false, buffers = false, shards = 1 } = options;
  const { config, weights } = model;
  const before = prefix ? 'transformer.' : '';
  const tensors = new Map<string, Tensor>();
  for (const [name, shape] of parameterShapes(config, weights.tied)) {
    const stored = (name === 'lm_head.weight' ? '' : before) + name;
    tensors.set(stored, { dtype, shape, bytes: encode(weights.get(name), dtype) });
    if (buffers && name.endsWith('ln_1.bias')) {
      const layer = name.split('.')[1];
      const T = config.n_positions;
      const mask = { dtype: 'U8', shape: [1, 1, T, T], bytes: new Uint8Array(T * T) };
      tensors.set(`${before}h.${layer}.attn.bias`, mask);
      tensors.set(`${before}h.${layer}.attn.masked_bias`, {
        dtype: 'F32',
        shape: [],
        bytes: new Uint8Array(4),
      });
    }
  }
  const files: Files = new Map([
    ['config.json', json({ model_type: 'gpt2', ...config })],
    ...(vocabulary ?? []),
  ]);
  if (shards === 1) return files.set('model.safetensors', safetensors(tensors));
  const all = [...tensors];
  const map: Record<string, string> = {};
  for (let shard = 0; shard < shards; shard++) {
    const part = all.slice((shard * all.length) / shards, ((shard + 1) * all.length) / shards);
    const number = (n: number) => String(n).padStart(5, '0');
    const file = `model-${number(shard + 1)}-of-${number(shards)}.safetensors`;
    for (const [name] of part) map[name] = file;
    files.set(file, safetensors(new Map(part)));
  }
  return files.set('model.safetensors.index.json', json({ metadata: {}, weight_map: map }));
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
