import { expect, it } from 'vitest';
import { startedInstance } from '../../../../src/engine/backends/memory/instance';
import { Memory } from '../../../../src/engine/backends/memory/memory';
import { roomFor } from '../../../../src/engine/backends/memory/room';
import { Engine } from '../../../../src/engine/engine';
import { randomIds, randomModel, smallConfig } from '../../../support/random';
import { memorySize, startedRuntime } from './started';

it('the room for a model is enough to open it and to ask it for a word, and little more', async () => {
  await startedRuntime();
  const config = smallConfig({ n_layer: 6, n_embd: 512, n_inner: 2048, n_head: 8, n_positions: 64 });
  new Memory(startedInstance).reserve(roomFor(config)); // what opening asks for is in it
  const before = memorySize();
  const engine = await Engine.open(randomModel(config, 5), { backend: 'wasm', threads: 1 });
  await engine.read({ ids: randomIds(config, 16, 1), wants: [{ name: 'logits', position: 15 }] });
  expect(memorySize()).toBe(before);
  await engine.dispose();
});
