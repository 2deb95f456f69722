import { describe, expect, it } from 'vitest';
import type { Want } from '../../src/engine/api';
import { ACTIVATION_NAMES, ACTIVATIONS, shapeOf } from '../../src/gpt2/activations';
import { forward, keyOf } from '../../src/gpt2/reference';
import { config, ids, model, open } from './recording';

const { vocab_size, n_positions } = config;

describe('answers', () => {
  it('are each whole activation in the shape of the table', async () => {
    const { engine } = await open();
    const expected = forward(model, ids);
    for (const name of ACTIVATION_NAMES) {
      const want = ACTIVATIONS[name].per === 'layer' ? { name, layer: 2 } : { name };
      const [tensor] = await engine.read({ ids, wants: [want] });
      expect(tensor?.dims).toEqual(shapeOf(name, config, ids.length));
      const right = expected.get(keyOf(name, 2)) as Float32Array;
      expect(Math.max(...right.map((n, i) => Math.abs(n - (tensor?.data[i] as number))))).toBeLessThan(1e-5);
    }
  });

  it('can be one head, one position, or both, as copies of just that', async () => {
    const { engine } = await open();
    const wants: Want[] = [
      { name: 'pattern', layer: 1 },
      { name: 'pattern', layer: 1, head: 2 },
      { name: 'pattern', layer: 1, position: 4 },
      { name: 'pattern', layer: 1, head: 2, position: 4 },
      { name: 'ln_final', position: 5 },
      { name: 'logits', position: 5 },
      { name: 'logits' },
    ];
    const [all, head, place, both, row, last, logits] = await engine.read({ ids, wants });
    expect(head?.dims).toEqual([6, 6]);
    expect(head?.data).toEqual(all?.data.slice(72, 108));
    expect(place?.dims).toEqual([3, 6]);
    expect(place?.data.slice(12)).toEqual(both?.data);
    expect(both?.dims).toEqual([6]);
    expect(both?.data).toEqual(all?.data.slice(96, 102));
    expect(row?.dims).toEqual([24]);
    expect(last?.dims).toEqual([50]);
    expect(last?.data).toEqual(logits?.data.slice(250));
    for (const tensor of [all, head, place, both, row, last, logits]) {
      expect(tensor?.data.buffer.byteLength).toBe(tensor?.data.byteLength);
    }
  });

  it('belong to the caller: writing into one changes no other', async () => {
    const { engine } = await open();
    const wants: Want[] = [
      { name: 'resid_post', layer: 0 },
      { name: 'logits', position: 0 },
      { name: 'logits' },
    ];
    const before = (await engine.read({ ids, wants })).map(({ data }) => data.slice());
    for (const { data } of await engine.read({ ids, wants })) data.fill(7);
    expect((await engine.read({ ids, wants })).map(({ data }) => data)).toEqual(before);
  });
});

describe('an engine', () => {
  it('refuses what waits and what comes later when it is closed', async () => {
    const { engine } = await open();
    const waiting = engine.read({ ids, wants: [{ name: 'q', layer: 3 }] });
    const refused = expect(waiting).rejects.toMatchObject({ trouble: 'closed' });
    await engine.dispose();
    await engine.dispose();
    await refused;
    await expect(engine.read({ ids, wants: [{ name: 'embed' }] })).rejects.toThrow('The model was closed');
  });

  it('keeps out changes that a caller makes to its list while it waits', async () => {
    const { engine } = await open();
    const mine = [...ids];
    const answer = engine.read({ ids: mine, wants: [{ name: 'embed' }] });
    mine.fill(vocab_size + n_positions);
    expect(await answer).toEqual(await engine.read({ ids, wants: [{ name: 'embed' }] }));
  });
});
