import { expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine';
import { forward } from '../../src/gpt2/reference';
import { randomIds, randomModel, smallConfig } from '../support/random';

// Prompts that are long enough to go stretch by stretch, where nobody asks for anything but the stream.
// √d_head is 4 in one, where q is divided by it, and √8 in the other, where the scores are.
const configs = [48, 24].map((n_embd) => smallConfig({ n_embd, n_layer: 2, n_positions: 320 }));

/** Lengths whose numbers are held against float64, too. */
const FROM_FLOAT64 = [127, 128, 131, 240, 320];

const open = (config: (typeof configs)[number], cacheBytes?: number) =>
  Engine.open(randomModel(config, 5), { backend: 'wasm', cacheBytes });

it.each(configs)(
  'gives the bits of attention to all keys at once, and float64’s numbers, $n_embd wide',
  async (config) => {
    const engine = await open(config, 0);
    const layer = config.n_layer - 1;
    for (const tokens of [127, 128, 131, 240, 255, 256, 257, 300, 320]) {
      const ids = randomIds(config, tokens, tokens);
      const wants = (['z', 'attn_out', 'resid_post'] as const).map((name) => ({ name, layer }));
      const some = await engine.read({ ids, wants });
      const [byStretches] = await engine.read({ ids, wants: [{ name: 'resid_post', layer }] });
      const whole = await engine.read({
        ids,
        wants: [...wants, { name: 'attn_scores', layer }, { name: 'pattern', layer: 0 }],
      });
      expect(some).toEqual(whole.slice(0, wants.length));
      expect(byStretches).toEqual(whole[2]);
      if (!FROM_FLOAT64.includes(tokens)) continue;
      const right = forward(randomModel(config, 5), ids, 'float64');
      wants.forEach(({ name }, i) => {
        const expected = right.get(`${name}.${layer}`) as Float64Array;
        expect(some[i]?.data).toHaveLength(expected.length);
        expect(
          Math.max(...expected.map((n, at) => Math.abs(n - (some[i]?.data[at] as number)))),
        ).toBeLessThan(1e-5);
      });
    }
    await engine.dispose();
  },
);

it.each(configs)('gives the same bits behind the keys of another prompt, $n_embd wide', async (config) => {
  const all = randomIds(config, 320, 7);
  const wants = [{ name: 'resid_post', layer: 1, position: 319 } as const];
  const alone = await (await open(config, 0)).read({ ids: all, wants });
  for (const before of [3, 63, 64, 100, 192, 300]) {
    const engine = await open(config);
    await engine.read({ ids: all.slice(0, before), wants: [{ name: 'logits', position: before - 1 }] });
    expect(await engine.read({ ids: all, wants })).toEqual(alone);
    expect(engine.stats.positionsReused).toBe(before);
  }
});

it.each(configs)('gives a position the same bits whatever follows it, $n_embd wide', async (config) => {
  const engine = await open(config, 0);
  const ids = randomIds(config, 320, 9);
  const [whole] = await engine.read({ ids, wants: [{ name: 'resid_post', layer: 1 }] });
  for (let tokens = 120; tokens < 320; tokens += 7) {
    const wants = [{ name: 'resid_post', layer: 1, position: tokens - 1 } as const];
    const [row] = await engine.read({ ids: ids.slice(0, tokens), wants });
    const at = (tokens - 1) * config.n_embd;
    expect(row?.data).toEqual(whole?.data.slice(at, at + config.n_embd));
  }
});
