import { describe, expect, it } from 'vitest';
import { deal, partBytes, SHARD_BYTES, weightBytes } from '../../../../src/engine/backends/shards/deal';
import { parameterShapes } from '../../../../src/gpt2/parameters';
import { SHAPES } from '../../../../src/gpt2/shapes';
import { smallConfig } from '../../../support/random';

describe('the bytes of the parts', () => {
  it.each(Object.entries(SHAPES))('of %s are those of all parameters but the positions’', (_, config) => {
    let all = 0;
    for (const [name, shape] of parameterShapes(config, true)) {
      if (name !== 'wpe.weight') all += 4 * shape.reduce((product, n) => product * n, 1);
    }
    expect(weightBytes(config)).toBe(all);
  });
});

describe('dealing a model out', () => {
  it.each([
    ['gpt2', 1],
    ['gpt2-medium', 1],
    ['gpt2-large', 2],
    ['gpt2-xl', 3],
  ] as const)('%s takes %i', (name, count) => {
    expect(deal(SHAPES[name])).toHaveLength(count);
  });

  const shapes = [
    ...Object.values(SHAPES),
    smallConfig({ n_layer: 1 }),
    smallConfig({ n_layer: 7, vocab_size: 5000 }), // the head alone is larger than all blocks
  ];
  it.each(shapes)('%j: every part is in one share, in order, whatever the size of a share', (config) => {
    const parts = partBytes(config);
    for (const largest of [
      SHARD_BYTES,
      weightBytes(config) / 2,
      weightBytes(config) / 5,
      Math.max(...parts),
      1,
    ]) {
      for (const least of [1, 2, 3, 100]) {
        const shares = deal(config, largest, least);
        const dealt = shares.flatMap(({ blocks: [from, to] }) =>
          Array.from({ length: to - from }, (_, i) => from + i),
        );
        expect(dealt).toEqual(Array.from({ length: config.n_layer }, (_, layer) => layer));
        expect(shares.map(({ final }) => final)).toEqual(shares.map((_, i) => i === shares.length - 1));
        expect(shares.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(weightBytes(config));
        if (largest >= Math.max(...parts)) {
          for (const { bytes } of shares) expect(bytes).toBeLessThanOrEqual(largest);
        }
      }
    }
  });

  it('deals into as many as are asked for, and no more than there are parts', () => {
    const config = smallConfig({ n_layer: 4 });
    expect(deal(config, SHARD_BYTES, 2).map(({ blocks }) => blocks)).toEqual([
      [0, 2],
      [2, 4],
    ]);
    expect(deal(config, SHARD_BYTES, 99).map(({ blocks }) => blocks)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 4],
    ]);
  });
});
