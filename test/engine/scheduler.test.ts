import { describe, expect, it } from 'vitest';
import { ACTIVATION_NAMES, ACTIVATIONS } from '../../src/gpt2/activations';
import { config, ids, open } from './recording';

const { n_layer, n_head } = config;

describe('merging', () => {
  it('serves 200 requests of one tick over one prompt with one forward pass', async () => {
    const { engine, backend } = await open();
    const everywhere = ACTIVATION_NAMES.filter((name) => ACTIVATIONS[name].per === 'layer');
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        engine.read({
          ids,
          wants: [{ name: everywhere[i % everywhere.length] as (typeof everywhere)[0], layer: i % n_layer }],
        }),
      ),
    );
    expect(engine.stats).toMatchObject({ forwardPasses: 1, blocksRun: n_layer, requests: 200 });
    expect(backend.runs).toHaveLength(n_layer);
  });

  it('serves 200 requests over three prompts with three', async () => {
    const { engine } = await open();
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        engine.read({ ids: [i % 3, 1, 2], wants: [{ name: 'z', layer: n_layer - 1, head: i % n_head }] }),
      ),
    );
    expect(engine.stats).toMatchObject({ forwardPasses: 3, blocksRun: 3 * n_layer });
  });

  it('lets a request join while the pass runs', async () => {
    const { engine, backend } = await open();
    const joined: Promise<unknown>[] = [];
    backend.before = ({ layer }) => {
      if (layer === 1)
        joined.push(
          engine.read({
            ids,
            wants: [
              { name: 'q', layer: 3 },
              { name: 'q', layer: 0 },
            ],
          }),
        );
    };
    await engine.read({ ids, wants: [{ name: 'k', layer: 3 }] });
    await Promise.all(joined);
    expect(engine.stats.forwardPasses).toBe(1);
    expect(backend.runs.at(-1)).toBe('block 3: k q resid_post');
  });

  it('answers low layers before high ones have run', async () => {
    const { engine, backend } = await open();
    const runsWhenAnswered = engine
      .read({ ids, wants: [{ name: 'q', layer: 0 }] })
      .then(() => backend.runs.length);
    await engine.read({ ids, wants: [{ name: 'q', layer: 3 }] });
    expect(await runsWhenAnswered).toBeLessThan(n_layer);
  });
});
