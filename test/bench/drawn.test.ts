import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeDrawnModel } from '../../bench/model/drawn';
import { modelOnDisk } from '../../bench/model/on-disk';
import { parameterShapes } from '../../src/gpt2/parameters';
import { forward } from '../../src/gpt2/reference';
import { loadModel } from '../support/models';
import { smallConfig } from '../support/random';

const folder = mkdtempSync(join(tmpdir(), 'drawn-'));
afterAll(() => rmSync(folder, { recursive: true }));
// Its token embedding has more numbers than are drawn.
const config = smallConfig({ n_embd: 24, vocab_size: 50_257 });

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

describe('a model that is written a piece at a time', () => {
  const bytes = writeDrawnModel(folder, config);
  const file = join(folder, 'model.safetensors');

  it('is a checkpoint that can be read, whole or a parameter at a time', () => {
    expect(statSync(file).size).toBe(bytes);
    const [whole, piecewise] = [loadModel(folder), modelOnDisk(folder)];
    expect(piecewise.config).toEqual(whole.config);
    for (const [name, shape] of parameterShapes(config, false)) {
      const values = piecewise.weights.get(name);
      expect(Buffer.from(values.buffer).equals(bytesOf(whole.weights.get(name))), name).toBe(true);
      expect(values, name).toHaveLength(shape.reduce((product, n) => product * n, 1));
    }
    const ids = [1, 50_000];
    const [logits, right] = [piecewise, whole].map((model) => forward(model, ids, 'float64').get('logits'));
    expect(Float64Array.from(logits ?? []).join() === right?.join()).toBe(true);
    expect(() => piecewise.weights.get('h.9.ln_1.weight')).toThrow('has no h.9.ln_1.weight');
  });

  it('has no two tokens alike', () => {
    const wte = modelOnDisk(folder).weights.get('wte.weight');
    const rows = new Set(
      Array.from({ length: config.vocab_size }, (_, id) => wte.slice(24 * id, 24 * (id + 1)).join()),
    );
    expect(rows.size).toBe(config.vocab_size);
  });

  it('is left as it is once it is there', () => {
    const { mtimeMs } = statSync(file);
    expect(writeDrawnModel(folder, config)).toBe(bytes);
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });
});
