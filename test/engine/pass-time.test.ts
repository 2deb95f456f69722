import { describe, expect, it } from 'vitest';
import { config, ids, open } from './recording';

const { n_layer } = config;
const BLOCK_MS = 20;

describe('the time of the last pass', () => {
  it('is unknown until blocks have run', async () => {
    const { engine } = await open();
    expect(engine.stats.lastPass).toBeUndefined();
    await engine.read({ ids, wants: [{ name: 'embed' }] });
    expect(engine.stats.lastPass).toBeUndefined();
  });

  it('is there with the answer, and covers every block', async () => {
    const { engine, backend } = await open();
    backend.before = () => {
      const until = performance.now() + BLOCK_MS;
      while (performance.now() < until);
    };
    const began = performance.now();
    await engine.read({ ids, wants: [{ name: 'logits', position: 5 }] });
    const all = performance.now() - began;
    const { lastPass } = engine.stats;
    expect(lastPass).toMatchObject({ tokens: ids.length, blocks: n_layer });
    expect(lastPass?.milliseconds).toBeGreaterThanOrEqual(n_layer * BLOCK_MS);
    expect(lastPass?.milliseconds).toBeLessThanOrEqual(all);
  });

  it('counts only the blocks that ran, and leaves out what the cache answers', async () => {
    const { engine } = await open();
    await engine.read({ ids, wants: [{ name: 'resid_post', layer: 1 }] });
    const first = engine.stats.lastPass;
    expect(first?.blocks).toBe(2);
    await engine.read({ ids, wants: [{ name: 'resid_post', layer: 1 }] });
    expect(engine.stats.lastPass).toBe(first);
    await engine.read({ ids, wants: [{ name: 'resid_post', layer: 2 }] });
    expect(engine.stats.lastPass).toMatchObject({ tokens: ids.length, blocks: 1 });
  });

  it('stays that of the pass before when one fails', async () => {
    const { engine, backend } = await open();
    await engine.read({ ids, wants: [{ name: 'q', layer: 0 }] });
    const before = engine.stats.lastPass;
    backend.before = () => {
      throw new Error('out of memory');
    };
    await expect(engine.read({ ids: [1], wants: [{ name: 'q', layer: 0 }] })).rejects.toThrow(
      'out of memory',
    );
    expect(engine.stats.lastPass).toBe(before);
  });
});
