import { expect, it } from 'vitest';
import type { Want } from '../../src/engine/api';
import { Engine } from '../../src/engine/engine';
import type { Numbers } from '../../src/gpt2/arithmetic';
import { forward, keyOf } from '../../src/gpt2/reference';
import { difference } from '../support/agreement';
import { embeddedModel, loadModel, randomIds } from '../support/models';

const PROMPTS = 400;
const COMPARED_EVERY = 3; // not a divisor of the number of layers, so that each is among them
const CACHE_BYTES = 1_000_000;

it('hundreds of prompts through a small cache: it stays within its bound, and answers stay right', async () => {
  const model = loadModel(embeddedModel().folder);
  const { config } = model;
  const engine = await Engine.open(model, { backend: 'wasm', cacheBytes: CACHE_BYTES });
  let most = 0;
  let worst = 0;
  /** What a prompt is asked: other layers each time, so that entries of every size come and go. */
  const wantsOf = (i: number): Want[] => [
    { name: 'pattern', layer: i % config.n_layer },
    { name: 'mlp_post', layer: (i + 1) % config.n_layer },
    { name: 'ln_final' },
    { name: 'logits', position: 0 },
  ];
  const check = async (i: number) => {
    const ids = randomIds(config, 1 + (i % 12), i);
    const wants = wantsOf(i);
    const answers = await engine.read({ ids, wants });
    const { cacheBytes } = engine.stats;
    most = Math.max(most, cacheBytes);
    expect(cacheBytes, `after prompt ${i}`).toBeLessThanOrEqual(CACHE_BYTES);
    if (i % COMPARED_EVERY > 0) return;
    const expected = forward(model, ids, 'float64');
    wants.forEach(({ name, layer, position }, at) => {
      const all = expected.get(keyOf(name, layer)) as Numbers;
      const right = position === undefined ? all : all.slice(0, config.vocab_size);
      worst = Math.max(worst, difference(answers[at]?.data as Float32Array, right).relative);
    });
  };
  for (let i = 0; i < PROMPTS; i++) await check(i);
  // The first are long gone, and are computed again; the last are still there.
  const { forwardPasses, cacheHits } = engine.stats;
  for (let i = 0; i < 20; i++) await check(i);
  expect(engine.stats.forwardPasses - forwardPasses).toBe(20);
  for (let i = 10; i < 20; i++) await check(i);
  expect(engine.stats.cacheHits - cacheHits).toBe(10);
  expect(most).toBeGreaterThan(0.9 * CACHE_BYTES);
  await engine.dispose();
  expect(engine.stats.cacheBytes).toBe(0);
  console.log(
    `${PROMPTS} prompts through a cache of ${CACHE_BYTES} bytes: at most ${most} held; ` +
      `largest difference from float64 ${worst.toExponential(1)} of the largest number`,
  );
  expect(worst).toBeLessThanOrEqual(1e-5);
});
