import { describe, expect, it } from 'vitest';
import type { Tape } from '../../../src/engine/backends/memory/tape';
import { OrtBackend } from '../../../src/engine/backends/ort';
import type { OrtRuntime } from '../../../src/engine/backends/runtime';
import { wasmRuntime } from '../../../src/engine/backends/wasm';
import { difference } from '../../support/agreement';
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
    // As for a graphics device: only these have limits.
    const runtime = await runtimeWith({ name: 'webgpu' });
    const whole = new OrtBackend(model, runtime);
    const split = new OrtBackend(model, { ...runtime, largestBuffer: 7 * 4 * config.n_embd });
    expect(await split.runHead(residPre)).toEqual(await whole.runHead(residPre));
  });

  it.each([
    { n_embd: 24, n_head: 3, vocab_size: 50 },
    { n_embd: 35, n_head: 5, vocab_size: 101 },
    { n_embd: 300, n_head: 3, vocab_size: 259 },
    { n_embd: 768, n_head: 12, vocab_size: 1021 },
  ])(
    'gives the logits of %j the same bits alone and among others, near those of the matrix as it is',
    async (shape) => {
      const wide = randomModel(smallConfig({ n_layer: 1, ...shape }), 4);
      const d = shape.n_embd;
      const rows = Float32Array.from({ length: 9 * d }, randomNumbers(2)); // [9, d_model]
      const byColumns = new OrtBackend(wide, await runtimeWith({}));
      const asItIs = new OrtBackend(wide, await runtimeWith({ name: 'webgpu' }));
      const all = await byColumns.runHead(rows);
      for (const [from, to] of [
        [0, 1],
        [3, 4],
        [8, 9],
        [2, 4],
        [4, 9],
      ] as const) {
        const some = await byColumns.runHead(rows.slice(from * d, to * d));
        expect(some).toEqual(all.slice(from * shape.vocab_size, to * shape.vocab_size));
      }
      expect(difference(all, await asItIs.runHead(rows)).relative).toBeLessThan(1e-6);
    },
  );

  it('hands back only what was asked for, as arrays that are the caller’s', async () => {
    const backend = new OrtBackend(model, await runtimeWith({}));
    const [first, second] = [await backend.runBlock(run), await backend.runBlock(run)];
    expect([...first.activations.keys()]).toEqual(['resid_post']);
    first.activations.get('resid_post')?.fill(0);
    (first.keys as Tape).keys.fill(0);
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
      'WebAssembly, one thread could not prepare block 0: no memory left',
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
