import { describe, expect, it } from 'vitest';
import type { Want } from '../../src/engine/api';
import { ActivationCache } from '../../src/engine/cache';
import { ACTIVATION_NAMES, ACTIVATIONS } from '../../src/gpt2/activations';
import { ids, open } from './recording';

describe('the cache', () => {
  it('stays within its bound, and answers stay right', async () => {
    const { engine } = await open({ cacheBytes: 20_000 });
    const wants: Want[] = ACTIVATION_NAMES.map((name) =>
      ACTIVATIONS[name].per === 'layer' ? { name, layer: 3 } : { name },
    );
    const answers = [];
    for (let round = 0; round < 3; round++) {
      for (let first = 0; first < 5; first++) {
        answers.push(await engine.read({ ids: [first, ...ids], wants }));
        expect(engine.stats.cacheBytes).toBeLessThanOrEqual(20_000);
      }
    }
    expect(engine.stats.cacheBytes).toBeGreaterThan(0);
    expect(answers.slice(5, 10)).toEqual(answers.slice(0, 5));
  });

  it.each([0, 1, 700])('may hold next to nothing (%i bytes)', async (cacheBytes) => {
    const { engine } = await open({ cacheBytes });
    const wants: Want[] = [
      { name: 'logits' },
      { name: 'ln_final' },
      { name: 'q', layer: 2 },
      { name: 'embed' },
    ];
    const both = await Promise.all([
      engine.read({ ids, wants }),
      engine.read({ ids, wants: [...wants].reverse() }),
    ]);
    expect(both[1]).toEqual([...both[0]].reverse());
    expect(engine.stats.cacheBytes).toBeLessThanOrEqual(cacheBytes);
  });

  it('drops what was used longest ago, and never holds what is larger than itself', () => {
    const cache = new ActivationCache(1000);
    for (const key of ['a', 'b']) cache.set(key, new Float32Array(100));
    cache.get('a');
    cache.set('c', new Float32Array(100));
    expect(['a', 'b', 'c'].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true]);
    cache.set('d', new Float32Array(1000));
    expect(cache.get('d')).toBeUndefined();
    expect(cache.bytes).toBeLessThanOrEqual(1000);
    cache.clear();
    expect(cache.bytes).toBe(0);
  });
});
