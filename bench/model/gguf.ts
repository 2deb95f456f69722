import { closeSync, openSync, writeSync } from 'node:fs';
import type { Config } from '../../src/gpt2/config';
import { blockParameters } from '../../src/gpt2/parameters';
import type { Model } from '../../src/gpt2/reference';
import { halves } from './half';
import { q8Blocks } from './q8';

/** How a GGUF file holds the matrices; vectors and positions stay float32, as llama.cpp asks for. */
export type GgufType = 'f32' | 'f16' | 'q8_0';

/** Numbers of the format's own: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. */
const MAGIC = 0x46554747;
const VERSION = 3;
const ALIGNMENT = 32;
const VALUE = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;
const TENSOR: Record<GgufType, number> = { f32: 0, f16: 1, q8_0: 8 };
const FILE_TYPE: Record<GgufType, number> = { f32: 0, f16: 1, q8_0: 7 };
const NORMAL_TOKEN = 1;
const CONTROL_TOKEN = 3;

/** The names that llama.cpp has for a block's parameters of its architecture `gpt2`. */
const BLOCK_NAMES: Record<string, string> = {
  'ln_1.weight': 'attn_norm.weight',
  'ln_1.bias': 'attn_norm.bias',
  'attn.c_attn.weight': 'attn_qkv.weight',
  'attn.c_attn.bias': 'attn_qkv.bias',
  'attn.c_proj.weight': 'attn_output.weight',
  'attn.c_proj.bias': 'attn_output.bias',
  'ln_2.weight': 'ffn_norm.weight',
  'ln_2.bias': 'ffn_norm.bias',
  'mlp.c_fc.weight': 'ffn_up.weight',
  'mlp.c_fc.bias': 'ffn_up.bias',
  'mlp.c_proj.weight': 'ffn_down.weight',
  'mlp.c_proj.bias': 'ffn_down.bias',
};

/** One tensor to write; `rows` × `width`, the numbers of a row side by side. */
interface Entry {
  readonly name: string;
  readonly type: GgufType;
  readonly rows: number;
  readonly width: number;
  readonly numbers: () => Float32Array;
}

/** A vocabulary as `vocab.json` and `merges.txt` have it. */
export interface Vocabulary {
  readonly vocab: Readonly<Record<string, number>>;
  readonly merges: string;
}

/** Writes a model as a GGUF file that llama.cpp reads. */
export function writeGguf(path: string, model: Model, vocabulary: Vocabulary, type: GgufType): void {
  const entries = entriesOf(model, type);
  const header = new Bytes();
  const metadata = metadataOf(model.config, vocabulary, type);
  header.u32(MAGIC).u32(VERSION).u64(entries.length).u64(metadata.length);
  for (const write of metadata) write(header);
  let offset = 0;
  for (const { name, type, rows, width } of entries) {
    const dims = rows === 1 ? [width] : [width, rows]; // the fastest first
    header.text(name).u32(dims.length);
    for (const n of dims) header.u64(n);
    header.u32(TENSOR[type]).u64(offset);
    offset += aligned(bytesOf(type, rows * width));
  }
  const file = openSync(path, 'w');
  try {
    writeAll(file, padded(header.done()));
    for (const { type, numbers } of entries) writeAll(file, padded(encoded(numbers(), type)));
  } finally {
    closeSync(file);
  }
}

function entriesOf({ config, weights }: Model, type: GgufType): Entry[] {
  const { n_embd: d, vocab_size, n_positions, n_layer } = config;
  const plain = (name: string, parameter: string, rows: number, width: number, type: GgufType): Entry => ({
    name,
    type,
    rows,
    width,
    numbers: () => weights.get(parameter),
  });
  const entries = [
    plain('token_embd.weight', 'wte.weight', vocab_size, d, type),
    plain('position_embd.weight', 'wpe.weight', n_positions, d, 'f32'),
    plain('output_norm.weight', 'ln_f.weight', 1, d, 'f32'),
    plain('output_norm.bias', 'ln_f.bias', 1, d, 'f32'),
  ];
  for (let layer = 0; layer < n_layer; layer++) {
    for (const [name, shape] of Object.entries(blockParameters(config))) {
      const [n, m] = shape as [number, number | undefined];
      const [parameter, to] = [`h.${layer}.${name}`, `blk.${layer}.${BLOCK_NAMES[name]}`];
      if (m === undefined) entries.push(plain(to, parameter, 1, n, 'f32'));
      // GPT-2 stores its matrices input by output, llama.cpp output by input.
      else
        entries.push({
          ...plain(to, parameter, m, n, type),
          numbers: () => transposed(weights.get(parameter), n, m),
        });
    }
  }
  return entries;
}

function metadataOf(config: Config, { vocab, merges }: Vocabulary, type: GgufType) {
  const names = Object.entries(vocab)
    .sort(([, a], [, b]) => a - b)
    .map(([name]) => name);
  const end = vocab['<|endoftext|>'] ?? 0;
  const pairs = merges.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#version'));
  const key = (name: string, value: number, write: (to: Bytes) => void) => (to: Bytes) =>
    write(to.text(name).u32(value));
  const text = (name: string, value: string) => key(name, VALUE.string, (to) => to.text(value));
  const whole = (name: string, value: number) => key(name, VALUE.uint32, (to) => to.u32(value));
  const list = <T>(name: string, kind: number, values: readonly T[], write: (to: Bytes, value: T) => void) =>
    key(name, VALUE.array, (to) => {
      to.u32(kind).u64(values.length);
      for (const value of values) write(to, value);
    });
  return [
    text('general.architecture', 'gpt2'),
    text('general.name', 'random numbers in the shape of GPT-2'),
    whole('general.alignment', ALIGNMENT),
    whole('general.file_type', FILE_TYPE[type]),
    whole('gpt2.context_length', config.n_positions),
    whole('gpt2.embedding_length', config.n_embd),
    whole('gpt2.feed_forward_length', config.n_inner),
    whole('gpt2.block_count', config.n_layer),
    whole('gpt2.attention.head_count', config.n_head),
    key('gpt2.attention.layer_norm_epsilon', VALUE.float32, (to) => to.f32(config.layer_norm_epsilon)),
    text('tokenizer.ggml.model', 'gpt2'),
    text('tokenizer.ggml.pre', 'gpt-2'),
    list('tokenizer.ggml.tokens', VALUE.string, names, (to, name) => to.text(name)),
    list('tokenizer.ggml.token_type', VALUE.int32, names, (to, _) =>
      to.u32(_ === '<|endoftext|>' ? CONTROL_TOKEN : NORMAL_TOKEN),
    ),
    list('tokenizer.ggml.merges', VALUE.string, pairs, (to, pair) => to.text(pair)),
    whole('tokenizer.ggml.bos_token_id', end),
    whole('tokenizer.ggml.eos_token_id', end),
    key('tokenizer.ggml.add_bos_token', VALUE.bool, (to) => to.u8(0)),
  ];
}

/** [n, m] → [m, n]. */
export function transposed(numbers: Float32Array, n: number, m: number): Float32Array {
  const out = new Float32Array(n * m);
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[j * n + i] = numbers[i * m + j] as number;
  return out;
}

const bytesOf = (type: GgufType, numbers: number): number =>
  type === 'f32' ? 4 * numbers : type === 'f16' ? 2 * numbers : (numbers / 32) * 34;

function encoded(numbers: Float32Array, type: GgufType): Uint8Array {
  if (type === 'f16') return halves(numbers);
  if (type === 'q8_0') return q8Blocks(numbers);
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

function padded(bytes: Uint8Array): Uint8Array {
  if (bytes.length % ALIGNMENT === 0) return bytes;
  const out = new Uint8Array(aligned(bytes.length));
  out.set(bytes);
  return out;
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at);
}

/** Little-endian values, one behind the other. */
class Bytes {
  #buffer = Buffer.alloc(1 << 16);
  #length = 0;

  u8(value: number): this {
    return this.#put(1, (buffer, at) => buffer.writeUInt8(value, at));
  }
  u32(value: number): this {
    return this.#put(4, (buffer, at) => buffer.writeUInt32LE(value, at));
  }
  u64(value: number): this {
    return this.#put(8, (buffer, at) => buffer.writeBigUInt64LE(BigInt(value), at));
  }
  f32(value: number): this {
    return this.#put(4, (buffer, at) => buffer.writeFloatLE(value, at));
  }
  text(value: string): this {
    const length = Buffer.byteLength(value);
    this.u64(length);
    return this.#put(length, (buffer, at) => buffer.write(value, at, 'utf8'));
  }
  done(): Uint8Array {
    return new Uint8Array(this.#buffer.subarray(0, this.#length));
  }
  /** Makes room for so many bytes and writes them there. */
  #put(bytes: number, write: (buffer: Buffer, at: number) => void): this {
    const at = this.#length;
    this.#length += bytes;
    if (this.#length > this.#buffer.length)
      this.#buffer = Buffer.concat([this.#buffer], 2 * Math.max(this.#buffer.length, this.#length));
    write(this.#buffer, at);
    return this;
  }
}
