import { describe, expect, it } from 'vitest';
import type { Want } from '../../src/engine/api';
import { Engine } from '../../src/engine/engine';
import { ACTIVATION_NAMES, ACTIVATIONS, shapeOf } from '../../src/gpt2/activations';
import { randomIds, randomModel, smallConfig } from '../support/random';

const config = smallConfig({ n_layer: 3, n_positions: 64 });
const model = randomModel(config, 5);
const text = randomIds(config, 64, 1);
const other = (id: number) => (id + 1) % config.vocab_size;

const open = (cacheBytes?: number) => Engine.open(model, { backend: 'wasm', cacheBytes });
const last: Want = { name: 'logits', position: 0 };
const lastOf = (ids: readonly number[]): Want[] => [{ ...last, position: ids.length - 1 }];
const everything: Want[] = ACTIVATION_NAMES.flatMap((name): Want[] =>
  ACTIVATIONS[name].per === 'model'
    ? [{ name }]
    : Array.from({ length: config.n_layer }, (_, layer) => ({ name, layer })),
);

/** What an engine without a memory says. */
async function alone(ids: readonly number[], wants: readonly Want[]) {
  const engine = await open(0);
  const answers = await engine.read({ ids, wants });
  await engine.dispose();
  return answers;
}

describe('a prompt that begins like one before it', () => {
  it.each([
    ['longer by a token', 20, text.slice(0, 21), 20],
    ['longer by many', 5, text.slice(0, 40), 5],
    ['the same but for the last token', 30, [...text.slice(0, 29), other(text[29] as number)], 29],
    [
      'the same but for one in the middle',
      30,
      text.slice(0, 30).map((id, t) => (t === 12 ? other(id) : id)),
      12,
    ],
    ['shorter', 30, text.slice(0, 17), 16],
    ['different from the first token on', 30, [other(text[0] as number), ...text.slice(1, 30)], 0],
  ])('%s, runs only what is new, to the same bits', async (_, before, ids, reused) => {
    const engine = await open();
    await engine.read({ ids: text.slice(0, before), wants: lastOf(text.slice(0, before)) });
    const told = await engine.read({ ids, wants: lastOf(ids) });
    expect(engine.stats).toMatchObject({
      forwardPasses: 2,
      positionsRun: before + ids.length - reused,
      positionsReused: reused,
    });
    expect(told).toEqual(await alone(ids, lastOf(ids)));
  });

  it('takes the first rows of every activation from what was kept of the other, to the same bits', async () => {
    for (const [before, ids] of [
      [text.slice(0, 19), text.slice(0, 23)],
      [text.slice(0, 40), [...text.slice(0, 9), ...text.slice(30, 37)]],
    ] as const) {
      const engine = await open();
      await engine.read({ ids: before, wants: everything });
      const told = await engine.read({ ids, wants: everything });
      expect(engine.stats.positionsReused).toBe(before.length === 19 ? 19 : 9);
      expect(told).toEqual(await alone(ids, everything));
      told.forEach(({ dims }, i) => {
        expect(dims).toEqual(shapeOf((everything[i] as Want).name, config, ids.length));
      });
    }
  });

  it('runs whole when somebody wants rows that nobody kept', async () => {
    const engine = await open();
    await engine.read({ ids: text.slice(0, 19), wants: lastOf(text.slice(0, 19)) });
    const wants: Want[] = [{ name: 'pattern', layer: 2 }, ...lastOf(text.slice(0, 20))];
    const told = await engine.read({ ids: text.slice(0, 20), wants });
    expect(engine.stats.positionsReused).toBe(0);
    expect(told).toEqual(await alone(text.slice(0, 20), wants));
  });

  it('serves a request for earlier rows that joins while it runs', async () => {
    const engine = await open();
    const ids = text.slice(0, 20);
    await engine.read({ ids: text.slice(0, 19), wants: lastOf(text.slice(0, 19)) });
    const wants: Want[] = [{ name: 'z', layer: 1 }, { name: 'logits' }];
    const first = engine.read({ ids, wants: lastOf(ids) });
    await new Promise((resolve) => setTimeout(resolve, 1));
    const second = engine.read({ ids, wants });
    expect(await first).toEqual(await alone(ids, lastOf(ids)));
    expect(await second).toEqual(await alone(ids, wants));
  });

  it('runs whole where the other went less deep', async () => {
    const engine = await open();
    await engine.read({ ids: text.slice(0, 19), wants: [{ name: 'z', layer: 0 }] });
    const ids = text.slice(0, 20);
    expect(await engine.read({ ids, wants: lastOf(ids) })).toEqual(await alone(ids, lastOf(ids)));
    expect(engine.stats.positionsReused).toBe(0);
  });

  it('takes nothing from a pass with edits, and gives nothing to one', async () => {
    const engine = await open();
    const [before, ids] = [text.slice(0, 19), text.slice(0, 20)];
    const edits = [{ name: 'mlp_out', layer: 1, scale: { dims: [], data: Float32Array.of(2) } }] as const;
    const plain = await engine.read({ ids: before, wants: lastOf(before) });
    const edited = await engine.read({ ids, wants: lastOf(ids), edits });
    expect(engine.stats.positionsReused).toBe(0);
    expect(edited).not.toEqual(plain);
    const longer = text.slice(0, 21);
    expect(await engine.read({ ids: longer, wants: lastOf(longer) })).toEqual(
      await alone(longer, lastOf(longer)),
    );
    expect(engine.stats.positionsReused).toBe(19);
  });
});

it('writes on token by token, one position for each', async () => {
  const engine = await open();
  for (let n = 8; n <= 64; n++) {
    const ids = text.slice(0, n);
    const [told] = await engine.read({ ids, wants: lastOf(ids) });
    if (n % 7 === 0) expect([told]).toEqual(await alone(ids, lastOf(ids)));
  }
  expect(engine.stats).toMatchObject({ positionsRun: 64, forwardPasses: 57 });
});

it('gives a position the same numbers whatever follows it', async () => {
  const engine = await open(0);
  const whole = await engine.read({
    ids: text,
    wants: everything.filter(({ name }) => name === 'resid_post'),
  });
  for (let n = 1; n < text.length; n++) {
    const rows = await engine.read({
      ids: text.slice(0, n),
      wants: [{ name: 'resid_post', layer: 2, position: n - 1 }],
    });
    const at = (n - 1) * config.n_embd;
    expect(rows[0]?.data).toEqual(whole[2]?.data.slice(at, at + config.n_embd));
  }
});

it('keeps within its bytes, and stays right when what it could reuse is gone', async () => {
  const limit = 60_000;
  const engine = await open(limit);
  for (let i = 0; i < 60; i++) {
    const ids =
      i % 3 === 0 ? text.slice(0, 5 + (i % 40)) : [...text.slice(0, i % 30), ...randomIds(config, 9, i)];
    const told = await engine.read({ ids, wants: lastOf(ids) });
    expect(engine.stats.cacheBytes).toBeLessThanOrEqual(limit);
    if (i % 9 === 0) expect(told).toEqual(await alone(ids, lastOf(ids)));
  }
  expect(engine.stats.positionsReused).toBeGreaterThan(0);
  expect(engine.stats.cacheLimit).toBe(limit);
});
