import { describe, expect, it } from 'vitest';
import type { OrtRuntime } from '../../../src/engine/backends/ort';
import { OrtBackend } from '../../../src/engine/backends/ort';
import { wasmRuntime } from '../../../src/engine/backends/wasm';
import { randomModel, randomNumbers, smallConfig } from '../../support/random';

const config = smallConfig({ n_layer: 1 });
const model = randomModel(config, 3);
const T = 4;
const residPre = Float32Array.from({ length: T * config.n_embd }, randomNumbers(1)); // [T, d_model]
const run = { layer: 0, residPre, tokens: T, names: ['resid_post'] as const, edits: new Map() };

/** The WebAssembly runtime, with some of it replaced. */
const runtimeWith = async (changes: Partial<OrtRuntime>): Promise<OrtRuntime> => ({
  ...(await wasmRuntime(undefined, 1)),
  ...changes,
});

describe('sessions', () => {
  it('gives the same logits whether the head is in one piece or in several', async () => {
    const whole = new OrtBackend(model, await runtimeWith({}));
    const split = new OrtBackend(model, await runtimeWith({ largestBuffer: 7 * 4 * config.n_embd }));
    expect(await split.runHead(residPre)).toEqual(await whole.runHead(residPre));
  });

  it('hands back only what was asked for, as arrays that are the caller’s', async () => {
    const backend = new OrtBackend(model, await runtimeWith({}));
    const [first, second] = [await backend.runBlock(run), await backend.runBlock(run)];
    expect([...first.activations.keys()]).toEqual(['resid_post']);
    first.activations.get('resid_post')?.fill(0);
    first.keys?.k.fill(0);
    expect(await backend.runBlock(run)).toEqual(second);
  });

  it('can overlap calls', async () => {
    const backend = new OrtBackend(model, await runtimeWith({}));
    const answers = await Promise.all(Array.from({ length: 5 }, () => backend.runBlock(run)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('work again after they were given back', async () => {
    const backend = new OrtBackend(model, await runtimeWith({}));
    const before = await backend.runBlock(run);
    await backend.dispose();
    expect(await backend.runBlock(run)).toEqual(before);
  });
});

describe('failures', () => {
  it('name what could not be prepared and on what, and may pass', async () => {
    let broken = true;
    const runtime = await runtimeWith({});
    const backend = new OrtBackend(model, {
      ...runtime,
      exclusive: (task) => (broken ? Promise.reject(new Error('no memory left')) : runtime.exclusive(task)),
    });
    await expect(backend.prepareBlock(0)).rejects.toThrow(
      'WebAssembly, one thread could not prepare block 0, plain: no memory left',
    );
    await expect(backend.prepareFinal()).rejects.toMatchObject({ name: 'EngineError', trouble: 'run' });
    broken = false;
    await backend.prepareBlock(0);
    expect((await backend.runBlock(run)).activations.size).toBe(1);
  });

  it('name the block that could not run', async () => {
    const backend = new OrtBackend(model, await runtimeWith({}));
    await expect(backend.runBlock({ ...run, tokens: T + 1 })).rejects.toThrow();
    await expect(backend.runHead(new Float32Array(0))).resolves.toHaveLength(0);
    expect((await backend.runBlock(run)).activations.size).toBe(1);
  });
});
