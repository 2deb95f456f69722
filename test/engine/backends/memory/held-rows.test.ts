import { beforeAll, expect, it } from 'vitest';
import type { BlockRun } from '../../../../src/engine/backends/backend';
import type { Held } from '../../../../src/engine/backends/held';
import { HeldRows } from '../../../../src/engine/backends/memory/held-rows';
import { OrtBackend } from '../../../../src/engine/backends/ort';
import type { OrtRuntime } from '../../../../src/engine/backends/runtime';
import { Tensors } from '../../../../src/engine/backends/tensors';
import { ActivationCache } from '../../../../src/engine/cache';
import { Engine } from '../../../../src/engine/engine';
import { randomIds, randomModel, randomNumbers, smallConfig } from '../../../support/random';
import { type CountedMemory, countedRuntime, WatchedBackend } from './counted';

const config = smallConfig({ n_layer: 3, n_positions: 64 });
const d = config.n_embd;
const model = randomModel(config, 4);
const tokens = 30;
const stream = Float32Array.from({ length: tokens * d }, randomNumbers(2)); // [30, d_model]

let runtime: OrtRuntime;
let memory: CountedMemory;
beforeAll(async () => {
  ({ runtime, memory } = await countedRuntime());
});

const run = (layer: number, residPre: BlockRun['residPre'], hold: boolean): BlockRun => ({
  layer,
  residPre,
  tokens,
  names: ['resid_post'],
  hold,
  edits: new Map(),
});

/** The stream behind each block, as it was given. */
async function behindEach(backend: OrtBackend, hold: boolean): Promise<(Float32Array | HeldRows)[]> {
  const streams: (Float32Array | HeldRows)[] = [];
  for (let layer = 0; layer < config.n_layer; layer++) {
    const answer = await backend.runBlock(run(layer, streams.at(-1) ?? stream, hold));
    streams.push((answer.stream ?? answer.activations.get('resid_post')) as Float32Array | HeldRows);
    expect(answer.activations.size).toBe(answer.stream ? 0 : 1);
    (answer.keys as Held).release();
  }
  return streams;
}

it('the stream stays where a block leaves it, the next takes it from there, and its numbers can be had', async () => {
  const backend = new OrtBackend(model, runtime);
  const [arrays, held] = [await behindEach(backend, false), await behindEach(backend, true)];
  expect(held.every((rows) => rows instanceof HeldRows)).toBe(true);
  expect(held.map((rows) => (rows as HeldRows).copy())).toEqual(arrays);
  const last = held.at(-1) as HeldRows;
  expect(last.bytes).toBe(4 * tokens * d);
  expect(await backend.runNorm(last)).toEqual(await backend.runNorm(arrays.at(-1) as Float32Array));
  expect(memory.numbers).toBe(config.n_layer * tokens * d);
  for (const rows of held) (rows as HeldRows).release();
  expect(memory.numbers).toBe(0);
});

it('it comes out as an array where there is no room for it, and nothing is kept of a run that fails', async () => {
  const backend = new OrtBackend(model, runtime);
  const [array] = (await behindEach(backend, false)) as Float32Array[];
  memory.most = 2 * 32 * d; // the tape's
  const { stream: none, activations, keys } = await backend.runBlock(run(0, stream, true));
  memory.most = Number.POSITIVE_INFINITY;
  expect(none).toBeUndefined();
  expect(activations.get('resid_post')).toEqual(array);
  (keys as Held).release();
  await expect(backend.runBlock({ ...run(0, stream, true), tokens: 4 })).rejects.toThrow(
    /^WebAssembly, one thread could not run block 0: /,
  );
  expect(memory.numbers).toBe(0);
});

it('a cache has the array in its place once it is asked for', () => {
  const cache = new ActivationCache(1000);
  const tensors = new Tensors(runtime, 3, {});
  const rows = new HeldRows({}, memory, tensors, [2, 3]);
  const [tensor] = rows.tensors;
  (tensor.data as Float32Array).set([1, 2, 3, 4, 5, 6]);
  cache.hold('a', rows);
  rows.release(); // the pass that made it has ended
  expect(cache.held('a')).toBe(rows);
  expect(memory.numbers).toBe(6);
  expect([...(cache.get('a') ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(memory.numbers).toBe(0);
  expect(cache.held('a')).toBeUndefined();
  expect(cache.get('a')).toBe(cache.get('a'));
});

it('an engine gives out what stayed, goes on from it, and gives all memory back', async () => {
  const engine = await Engine.open(model, { backend: 'wasm' }, async () => new OrtBackend(model, runtime));
  const right = await Engine.open(model, { backend: 'wasm' });
  const ids = randomIds(config, tokens, 3);
  await engine.read({ ids, wants: [{ name: 'logits' }] });
  const ran = engine.stats.blocksRun;
  expect(ran).toBe(config.n_layer);
  for (const layer of [0, 1, 2]) {
    const wants = [{ name: 'resid_post', layer } as const];
    expect(await engine.read({ ids, wants })).toEqual(await right.read({ ids, wants }));
  }
  expect(engine.stats.blocksRun).toBe(ran); // nothing had to be computed anew
  const wants = [{ name: 'pattern', layer: 2 } as const];
  expect(await engine.read({ ids, wants })).toEqual(await right.read({ ids, wants }));
  expect(engine.stats.blocksRun).toBe(ran + 1);
  await Promise.all([engine.dispose(), right.dispose()]);
  expect(memory.numbers).toBe(0);
});

it('blocks run as a chain behind one that somebody reads from, and leave its stream as it was', async () => {
  const backend = new WatchedBackend(model, runtime);
  const engine = await Engine.open(model, { backend: 'wasm' }, async () => backend);
  const right = await Engine.open(model, { backend: 'wasm' });
  const ids = randomIds(config, 9, 5);
  const wants = [
    { name: 'pattern', layer: 0 },
    { name: 'logits', position: 8 },
  ] as const;
  const last = [{ name: 'resid_post', layer: 0 }] as const;
  for (const wanted of [wants, last])
    expect(await engine.read({ ids, wants: wanted })).toEqual(await right.read({ ids, wants: wanted }));
  expect(backend.ran).toEqual([0]);
  await Promise.all([engine.dispose(), right.dispose()]);
  expect(memory.numbers).toBe(0);
});
