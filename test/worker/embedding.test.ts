import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OrtBackend } from '../../src/engine/backends/ort';
import { ReferenceBackend } from '../../src/engine/backends/reference';
import { wasmRuntime } from '../../src/engine/backends/wasm';
import { Engine } from '../../src/engine/engine';
import { EngineError } from '../../src/engine/errors';
import { forward } from '../../src/gpt2/reference';
import { ArrivingWeights } from '../../src/worker/arriving';
import { ModelParameters, nearest } from '../../src/worker/parameters';
import { difference } from '../support/agreement';
import { randomIds, randomModel, smallConfig } from '../support/random';
import { sourceOf } from './source';

const config = smallConfig({ n_layer: 1, n_embd: 96, vocab_size: 22_001 }); // large, and no multiple of anything
const model = randomModel(config, 5);
const { n_embd: d, vocab_size: V } = config;
const ids = randomIds(config, 6, 2);
const right = forward(model, ids);

/** Weights as the worker has them, from a source that tells what is read of wte. */
function arriving() {
  const read: string[] = [];
  const source = sourceOf(model, (name, rows = 'all') => {
    if (name === 'wte.weight') read.push(rows);
  });
  return { weights: new ArrivingWeights(config, source), read };
}

const embedded = async (engine: Engine) => {
  const [embed, logits] = await engine.read({ ids, wants: [{ name: 'embed' }, { name: 'logits' }] });
  expect(embed?.data).toEqual(right.get('embed'));
  return difference(logits?.data as Float32Array, right.get('logits') as Float32Array).relative;
};

describe('the embedding of a model in WebAssembly', () => {
  const { weights, read } = arriving();
  const own = { config, weights };
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open(own, { backend: 'wasm', threads: 1, supply: weights });
    await engine.whole;
  });
  afterAll(() => engine.dispose());

  it('is read once, some rows at a time, and its rows are those of the checkpoint', async () => {
    expect(read.slice(0, 2)).toEqual(['0 to 512', '512 to 1024']);
    expect(read.at(-1)).toBe('21504 to 22001');
    expect(read).toHaveLength(43);
    expect(await embedded(engine)).toBeLessThan(1e-5);
    expect(weights.get('wte.weight')).toEqual(model.weights.get('wte.weight'));
    expect(read).toHaveLength(43);
  });

  it('shows whoever asks for parameters the same numbers', async () => {
    const parameters = new ModelParameters(own, (name) => weights.read(name));
    const whole = new ModelParameters(model, async (name) => model.weights.get(name));
    for (const [name, part] of [
      ['wte.weight', { row: 1020, col: 3, rows: 9, cols: 2 }],
      ['lm_head.weight', { row: 0, col: 1, rows: V, cols: 1 }],
      ['wpe.weight', { row: 2, col: 0, rows: 3, cols: d }],
    ] as const)
      expect(await parameters.slice(name, part)).toEqual(await whole.slice(name, part));
    const vector = Float64Array.from(model.weights.get('wte.weight').subarray(21_999 * d, 22_000 * d));
    expect(nearest(own, vector, 5, [3])).toEqual(nearest(model, vector, 5, [3]));
    expect(read).toHaveLength(43);
  });
});

it('the embedding of a small model is read whole, and does not wait for WebAssembly', async () => {
  const small = randomModel(smallConfig(), 5);
  const heard: string[] = [];
  const weights = new ArrivingWeights(
    small.config,
    sourceOf(small, (name, rows = 'all') => heard.push(`${name}: ${rows}`)),
  );
  const engine = await Engine.open(
    { config: small.config, weights },
    { backend: 'wasm', threads: 1, supply: weights },
  );
  expect(heard).toContain('wte.weight: all');
  expect(weights.get('wte.weight')).toEqual(small.weights.get('wte.weight'));
  await engine.whole;
  await engine.dispose();
});

it('the embedding is read again when the back end that has it gives way to another', async () => {
  const { weights, read } = arriving();
  const runtime = await wasmRuntime(undefined, 1);
  const before: number[] = [];
  const engine = await Engine.open(
    { config, weights },
    { supply: weights, threads: 1 },
    async (given, { name }) => {
      if (name === 'reference') return new ReferenceBackend(given, weights);
      const backend = new OrtBackend(given, runtime, weights);
      backend.prepareBlock = async (layer) => {
        before.push(weights.rows('wte.weight', 7, 8)[0] as number);
        throw new EngineError('run', `no room for block ${layer}`);
      };
      return backend;
    },
  );
  await engine.whole;
  expect(before).toEqual([model.weights.get('wte.weight')[7 * d]]);
  expect(engine.backend.reason).toContain('no room for block 0');
  expect(await embedded(engine)).toBe(0);
  expect(read.filter((what) => what === 'all')).toHaveLength(1); // for the passes and for the head
  await engine.dispose();
});
