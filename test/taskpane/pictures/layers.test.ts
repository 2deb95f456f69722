import { expect, it } from 'vitest';
import type { ReadRequest } from '../../../src/rpc/protocol';
import { eachLayer } from '../../../taskpane/pictures/layers';
import type { Ask } from '../../../taskpane/pictures/picture';
import { smallConfig } from '../../support/random';

/** Walks over the patterns of a model; the engine is one that answers with the layer's number. */
async function walk(n_layer: number, n_head: number, tokens: number) {
  const reads: number[] = [];
  const seen: number[] = [];
  const fractions: number[] = [];
  const ask = {
    client: {
      read: async ({ wants }: ReadRequest) => {
        reads.push(wants.length);
        return { tensors: wants.map(({ layer }) => ({ dims: [1], data: Float32Array.of(layer as number) })) };
      },
    },
    reading: { config: smallConfig({ n_layer, n_head }), ids: new Array(tokens).fill(0) },
    signal: new AbortController().signal,
    progress: (fraction: number) => fractions.push(fraction),
  } as unknown as Ask;
  await eachLayer(
    ask,
    (layer) => [{ name: 'pattern', layer }],
    (layer, [tensor]) => {
      expect(tensor?.data[0]).toBe(layer);
      seen.push(layer);
    },
  );
  return { reads, seen, fractions };
}

it('reads all layers at once where they are small', async () => {
  const { reads, seen } = await walk(12, 12, 128);
  expect(reads).toEqual([12]);
  expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => i));
});

it('holds no more than 64 MB where they are large, and tells how far it is', async () => {
  // 12 heads × 1024 × 1024 × 4 bytes are 50 MB a layer.
  const { reads, seen, fractions } = await walk(4, 12, 1024);
  expect(reads).toEqual([1, 1, 1, 1]);
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(fractions).toEqual([0.25, 0.5, 0.75, 1]);
});
