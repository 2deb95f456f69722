import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../src/gpt2/config';
import { parameterShapes } from '../../src/gpt2/parameters';
import { randomNumbers, spreadOf } from '../../test/support/random';
import { vocabulary } from './store';

/** How many numbers are drawn. A prime, so that rows of a matrix whose numbers come round again are still all different. */
const DRAWN = 1_000_003;
const SEED = 124;
const FLOAT32 = 4;

/**
 * A folder as the hub has it, of a model too large to be in memory here: each tensor is the same million of normal numbers
 * over and over, begun elsewhere and with a middle and a spread of its own. One that is there already is left as it is.
 * @returns the bytes of model.safetensors
 */
export function writeDrawnModel(folder: string, config: Config): number {
  const tensors = [...parameterShapes(config, true)].map(([name, shape]) => ({
    name,
    shape,
    length: shape.reduce((product, n) => product * n, 1),
  }));
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let bytes = 0;
  for (const { name, shape, length } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [bytes, bytes + FLOAT32 * length] };
    bytes += FLOAT32 * length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const size = 8 + json.length + bytes;
  const path = join(folder, 'model.safetensors');
  if (existsSync(path)) return size;

  mkdirSync(folder, { recursive: true });
  const { vocab, merges } = vocabulary();
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ model_type: 'gpt2', ...config }));
  writeFileSync(join(folder, 'vocab.json'), JSON.stringify(vocab));
  writeFileSync(join(folder, 'merges.txt'), merges);
  const file = openSync(`${path}.part`, 'w');
  try {
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true);
    writeAll(file, length);
    writeAll(file, json);
    const next = randomNumbers(SEED);
    const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const drawn = Float32Array.from({ length: DRAWN }, normal);
    for (const { name, shape, length } of tensors) {
      const [middle, spread] = spreadOf(name, shape);
      const scaled = drawn.map((number) => middle + spread * number);
      for (let done = 0, from = Math.floor(next() * DRAWN); done < length; from = 0) {
        const piece = scaled.subarray(from, Math.min(DRAWN, from + length - done));
        writeAll(file, new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength));
        done += piece.length;
      }
    }
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.part`, path); // half a file is never taken for a whole one
  return size;
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
