import { describe, expect, it } from 'vitest';
import type { Start, Want } from '../../src/engine/api';
import { Engine } from '../../src/engine/engine';
import type { Numbers } from '../../src/gpt2/arithmetic';
import { forward, keyOf } from '../../src/gpt2/reference';
import { difference } from '../support/agreement';
import { randomIds, randomModel, smallConfig } from '../support/models';

const model = randomModel(smallConfig({ n_layer: 3 }), 5);
const { config } = model;
const ids = randomIds(config, 9, 6);
const engine = await Engine.open(model, { backend: 'wasm', threads: 1 });

/** Float64 activations, with one number replaced where a pass will start. */
function edited(name: Start['name'], layer: number, at: number, value: number): Map<string, Numbers> {
  return forward(model, ids, 'float64', (arisen, where, values) => {
    if (arisen === name && where === layer) values[at] = value;
  });
}

const startOf = (acts: Map<string, Numbers>, name: Start['name'], layer: number): Start => ({
  name,
  layer: name === 'ln_final' ? undefined : layer,
  values: {
    dims: [ids.length, config.n_embd],
    data: Float32Array.from(acts.get(keyOf(name, layer)) as Numbers),
  },
});

/** What arises behind each place that a pass can start from. */
const BEHIND: [Start['name'], Want['name'][]][] = [
  [
    'resid_pre',
    ['ln_1', 'q', 'k', 'v', 'attn_scores', 'pattern', 'z', 'result', 'attn_out', 'resid_mid', 'mlp_out'],
  ],
  ['resid_mid', ['ln_2', 'mlp_pre', 'mlp_post', 'mlp_out', 'resid_post']],
];

describe('a pass that starts in the middle', () => {
  it.each(BEHIND)(
    'goes on from %s in every layer, also when a cell of it was overwritten',
    async (name, names) => {
      for (let layer = 0; layer < config.n_layer; layer++) {
        const acts = edited(name, layer, 2 * config.n_embd + 3, 1.5);
        const start = startOf(acts, name, layer);
        const wants: Want[] = [...names.map((wanted) => ({ name: wanted, layer })), { name: 'logits' }];
        const got = await engine.read({ start, wants });
        wants.forEach((want, i) => {
          const right = acts.get(keyOf(want.name, want.layer)) as Numbers;
          const { relative } = difference(got[i]?.data ?? new Float32Array(0), right);
          expect(relative, `${want.name} from ${name}.${layer}`).toBeLessThan(1e-5);
        });
      }
    },
  );

  it('goes on from the last resid_post and from ln_final', async () => {
    const last = config.n_layer - 1;
    for (const name of ['resid_post', 'ln_final'] as const) {
      const acts = edited(name, name === 'ln_final' ? 0 : last, 7, -2);
      const start = startOf(acts, name, name === 'ln_final' ? 0 : last);
      const [logits] = await engine.read({ start, wants: [{ name: 'logits' }] });
      expect(difference(logits?.data as Numbers, acts.get('logits') as Numbers).relative).toBeLessThan(1e-5);
    }
  });

  it('runs only the blocks that it needs, and nothing for a repeat', async () => {
    const start = startOf(forward(model, ids), 'resid_pre', 1);
    const before = engine.stats.blocksRun;
    await engine.read({ start, wants: [{ name: 'pattern', layer: 1, head: 0 }] });
    expect(engine.stats.blocksRun).toBe(before + 1);
    await engine.read({ start, wants: [{ name: 'pattern', layer: 1, head: 1 }] });
    expect(engine.stats.blocksRun).toBe(before + 1);
  });

  it('refuses what lies before it, and cells that do not fit', async () => {
    const start = startOf(forward(model, ids), 'resid_mid', 1);
    await expect(engine.read({ start, wants: [{ name: 'pattern', layer: 1 }] })).rejects.toThrow(
      'pattern arises before resid_mid, from which this pass starts.',
    );
    const narrow = { ...start, values: { dims: [2, 5], data: new Float32Array(10) } };
    await expect(engine.read({ start: narrow, wants: [] })).rejects.toThrow('must stretch over 2×24');
    const nan = { ...start, values: { dims: [1, 24], data: new Float32Array(24).fill(Number.NaN) } };
    await expect(engine.read({ start: nan, wants: [] })).rejects.toThrow('NaN, which is not a finite number');
    const long = { ...start, values: { dims: [17, 24], data: new Float32Array(17 * 24) } };
    await expect(engine.read({ start: long, wants: [] })).rejects.toThrow(
      'The cells have 17 rows; this model takes 1 to 16',
    );
  });
});
