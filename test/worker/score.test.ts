import { describe, expect, it } from 'vitest';
import type { ReadRequest } from '../../src/engine/api';
import { Engine } from '../../src/engine/engine';
import type { Numbers } from '../../src/gpt2/arithmetic';
import { forward } from '../../src/gpt2/reference';
import { scoreOf } from '../../src/gpt2/scoring';
import { scoreTokens } from '../../src/worker/score';
import { randomIds, randomModel, smallConfig } from '../support/models';

const model = randomModel(smallConfig(), 1);
const V = model.config.vocab_size;
const ids = randomIds(model.config, 16, 2);

describe('scores of tokens', () => {
  it('are those of a float64 forward pass, from any place on', async () => {
    const engine = await Engine.open(model, { backend: 'reference' });
    const logits = forward(model, ids, 'float64').get('logits') as Numbers;
    for (const first of [1, 9, 15, 16]) {
      const scores = await scoreTokens(engine, { ids, first });
      expect(scores).toHaveLength(16 - first);
      scores.forEach(({ logprob, rank }, i) => {
        const at = first + i;
        const right = scoreOf(logits.slice((at - 1) * V, at * V), ids[at] as number);
        expect(logprob).toBeCloseTo(right.logprob, 5);
        expect(rank).toBe(right.rank);
      });
    }
    await engine.dispose();
  });

  it('never have more than a few positions of a large vocabulary in hand', async () => {
    const vocab_size = 2 ** 20;
    const asked: number[][] = [];
    const config = { ...model.config, vocab_size };
    const read = async ({ wants }: ReadRequest) => {
      asked.push(wants.map(({ position }) => position as number));
      return wants.map(() => ({ dims: [4], data: Float32Array.of(0, 1, 2, 3) }));
    };
    const scores = await scoreTokens({ config, read }, { ids: [0, 1, 2, 3, 0, 1], first: 1 });
    expect(asked).toEqual([[0, 1], [2, 3], [4]]);
    expect(scores.map(({ rank }) => rank)).toEqual([3, 2, 1, 4, 3]);
  });

  it('end with their signal', async () => {
    const engine = await Engine.open(model, { backend: 'reference' });
    const scores = scoreTokens(engine, { ids, first: 1 }, AbortSignal.abort());
    await expect(scores).rejects.toMatchObject({ name: 'AbortError' });
    await engine.dispose();
  });
});
