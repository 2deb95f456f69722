import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeGguf } from '../../bench/model/gguf';
import { randomModel, smallConfig } from '../support/random';

/** Reads a GGUF file by the format's own description, with nothing of the writer's. */
function readGguf(bytes: Buffer) {
  let at = 0;
  /** Where the next `length` bytes begin. */
  const take = (length: number) => {
    at += length;
    return at - length;
  };
  const u32 = () => bytes.readUInt32LE(take(4));
  const u64 = () => Number(bytes.readBigUInt64LE(take(8)));
  const text = () => {
    const length = u64();
    return bytes.toString('utf8', take(length), at);
  };
  const value = (type: number): unknown => {
    if (type === 4 || type === 5) return u32();
    if (type === 6) return bytes.readFloatLE(take(4));
    if (type === 7) return bytes[take(1)] === 1;
    if (type === 8) return text();
    const [of, count] = [u32(), u64()];
    return Array.from({ length: count }, () => value(of));
  };
  const head = [u32(), u32()];
  const [tensors, pairs] = [u64(), u64()];
  const metadata = new Map(Array.from({ length: pairs }, () => [text(), value(u32())]));
  const infos = Array.from({ length: tensors }, () => {
    const name = text();
    const dims = Array.from({ length: u32() }, u64);
    return { name, dims, type: u32(), offset: u64() };
  });
  const data = Math.ceil(at / 32) * 32;
  const numbers = (name: string) => {
    const found = infos.find((info) => info.name === name);
    if (!found) throw new Error(`no ${name}`);
    const length = found.dims.reduce((a, b) => a * b, 1);
    const from = data + found.offset;
    return {
      ...found,
      values: new Float32Array(
        bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + from + 4 * length),
      ),
    };
  };
  return { head, metadata, infos, numbers };
}

it('a GGUF file holds the vocabulary, the shape, and matrices output by input', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gguf-'));
  try {
    const config = smallConfig({ n_embd: 32, n_head: 2, vocab_size: 4 });
    const model = randomModel(config, 5);
    const path = join(folder, 'small.gguf');
    writeGguf(
      path,
      model,
      { vocab: { a: 0, b: 1, ab: 2, '<|endoftext|>': 3 }, merges: '#version: 0.2\na b\n' },
      'f32',
    );
    const { head, metadata, infos, numbers } = readGguf(readFileSync(path));
    expect(head).toEqual([0x46554747, 3]);
    expect(Object.fromEntries(metadata)).toMatchObject({
      'general.architecture': 'gpt2',
      'gpt2.block_count': config.n_layer,
      'gpt2.attention.head_count': 2,
      'tokenizer.ggml.tokens': ['a', 'b', 'ab', '<|endoftext|>'],
      'tokenizer.ggml.merges': ['a b'],
      'tokenizer.ggml.eos_token_id': 3,
    });
    expect(infos).toHaveLength(4 + 12 * config.n_layer);
    for (const { offset } of infos) expect(offset % 32).toBe(0);
    expect(numbers('token_embd.weight')).toMatchObject({
      dims: [32, 4],
      values: model.weights.get('wte.weight'),
    });
    const { dims, values } = numbers('blk.1.ffn_up.weight');
    expect(dims).toEqual([32, config.n_inner]);
    const fc = model.weights.get('h.1.mlp.c_fc.weight'); // [d, n_inner]
    for (const [input, output] of [
      [0, 0],
      [31, 0],
      [3, config.n_inner - 1],
    ] as const) {
      expect(values[output * 32 + input]).toBe(fc[input * config.n_inner + output]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
