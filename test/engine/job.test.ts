import { describe, expect, it, vi } from 'vitest';
import type { Edit, Want } from '../../src/engine/api';
import { ActivationCache } from '../../src/engine/cache';
import { config, ids, open } from './recording';

const { n_layer } = config;

describe('no more runs than needed', () => {
  it.each([
    [{ name: 'embed' }, []],
    [{ name: 'resid_pre', layer: 0 }, []],
    [{ name: 'resid_pre', layer: 1 }, ['block 0: resid_post']],
    [{ name: 'q', layer: 0 }, ['block 0: q resid_post']],
    [{ name: 'q', layer: 1 }, ['block 0: resid_post', 'block 1: q resid_post']],
  ] as const satisfies [Want, string[]][])('%o runs %o', async (want, runs) => {
    const { engine, backend } = await open();
    await engine.read({ ids, wants: [want] });
    expect(backend.runs).toEqual(runs);
  });

  it('computes the logits of one position alone', async () => {
    const { engine, backend } = await open();
    await engine.read({ ids, wants: [{ name: 'logits', position: 5 }] });
    expect(backend.runs.slice(n_layer)).toEqual(['norm', 'head of 1']);
    await engine.read({ ids, wants: [{ name: 'logits' }] });
    expect(backend.runs.slice(n_layer)).toEqual(['norm', 'head of 1', 'head of 5']);
  });

  it('runs nothing for a repeat', async () => {
    const { engine, backend } = await open();
    const wants: Want[] = [
      { name: 'embed' },
      { name: 'resid_pre', layer: 2 },
      { name: 'z', layer: 3 },
      { name: 'logits' },
    ];
    const first = await engine.read({ ids, wants });
    const { runs } = backend;
    const before = runs.length;
    expect(await engine.read({ ids, wants })).toEqual(first);
    expect(runs).toHaveLength(before);
    expect(engine.stats).toMatchObject({ requests: 2, cacheHits: 1, forwardPasses: 1 });
  });

  it('asks the cache once for what it does not have, however many blocks run before it comes', async () => {
    const { engine } = await open();
    const get = vi.spyOn(ActivationCache.prototype, 'get');
    const last = n_layer - 1;
    await engine.read({ ids, wants: [{ name: 'q', layer: last }, { name: 'logits' }] });
    const asked = get.mock.calls.filter(([key]) => key.startsWith(`q.${last}|`));
    get.mockRestore();
    expect(asked).toHaveLength(1);
  });

  it('runs one block for another activation of a layer that was passed before', async () => {
    const { engine, backend } = await open();
    await engine.read({ ids, wants: [{ name: 'ln_final' }] });
    backend.runs.length = 0;
    await engine.read({ ids, wants: [{ name: 'pattern', layer: 3 }] });
    expect(backend.runs).toEqual(['block 3: pattern resid_post']);
  });

  it('runs only what an edit can reach', async () => {
    const { engine, backend } = await open();
    await engine.read({ ids, wants: [{ name: 'logits', position: 5 }] });
    backend.runs.length = 0;
    const edits: Edit[] = [{ name: 'resid_pre', layer: 2, bias: { dims: [1], data: Float32Array.of(0.5) } }];
    await engine.read({
      ids,
      edits,
      wants: [
        { name: 'logits', position: 5 },
        { name: 'resid_post', layer: 1 },
      ],
    });
    expect(backend.runs).toEqual(['block 2: resid_post', 'block 3: resid_post', 'norm', 'head of 1']);
  });

  it('keeps different edits apart', async () => {
    const { engine } = await open();
    const wants: Want[] = [{ name: 'resid_post', layer: 3 }];
    const read = (bias: number) =>
      engine.read({
        ids,
        wants,
        edits: [{ name: 'z', layer: 1, bias: { dims: [], data: Float32Array.of(bias) } }],
      });
    const [[plain], [one], [two]] = await Promise.all([engine.read({ ids, wants }), read(1), read(2)]);
    expect(one?.data).not.toEqual(plain?.data);
    expect(two?.data).not.toEqual(one?.data);
    expect((await read(1))[0]?.data).toEqual(one?.data);
  });
});

describe('cancelling', () => {
  it('rejects at once and runs no block that only the cancelled request needed', async () => {
    const { engine, backend } = await open();
    const controller = new AbortController();
    backend.before = ({ layer }) => {
      if (layer === 1) controller.abort();
    };
    const cancelled = engine.read({ ids, wants: [{ name: 'q', layer: 3 }], signal: controller.signal });
    const other = engine.read({ ids, wants: [{ name: 'q', layer: 2 }] });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    await other;
    expect(backend.runs.map((run) => run.slice(0, 7))).toEqual(['block 0', 'block 1', 'block 2']);
  });

  it('works before anything has begun', async () => {
    const { engine, backend } = await open();
    const controller = new AbortController();
    const later = engine.read({ ids, wants: [{ name: 'q', layer: 3 }], signal: controller.signal });
    controller.abort();
    await expect(later).rejects.toMatchObject({ name: 'AbortError' });
    const never = engine.read({ ids, wants: [{ name: 'q', layer: 3 }], signal: controller.signal });
    await expect(never).rejects.toMatchObject({ name: 'AbortError' });
    await engine.read({ ids: [1], wants: [{ name: 'embed' }] });
    expect(backend.runs).toEqual([]);
  });
});

describe('trouble', () => {
  it('in one run fails those that need it, and nobody later', async () => {
    const { engine, backend } = await open();
    backend.before = ({ layer }) => {
      if (layer === 2) throw new Error('out of memory');
    };
    const low = engine.read({ ids, wants: [{ name: 'q', layer: 1 }] });
    const high = engine.read({ ids, wants: [{ name: 'q', layer: 3 }] });
    await expect(high).rejects.toThrow('out of memory');
    expect(await low).toHaveLength(1);
    backend.before = () => {};
    expect(await engine.read({ ids, wants: [{ name: 'q', layer: 3 }] })).toHaveLength(1);
  });
});
