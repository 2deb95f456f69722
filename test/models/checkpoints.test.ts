import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parameterShapes } from '../../src/gpt2/parameters';
import type { Model } from '../../src/gpt2/reference';
import { weightsOf } from '../../src/gpt2/weights';
import { type CheckpointOptions, checkpoint, type Dtype, rounded } from '../support/checkpoint';
import { type HubServer, startHub } from '../support/hub-server';
import { embeddedTokenizer } from '../support/models';
import { randomModel, smallConfig } from '../support/random';
import { failure, libraryOn } from './setting';

let hub: HubServer;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.close());

/** A model whose numbers a format of 16 bits can hold, with the smallest and largest among them. */
function representable(model: Model, dtype: Dtype): Model {
  const arrays = new Map<string, Float32Array>();
  for (const name of parameterShapes(model.config, model.weights.tied).keys()) {
    arrays.set(
      name,
      model.weights.get(name).map((value) => rounded(value, dtype)),
    );
  }
  const edges = dtype === 'BF16' ? [2 ** -133, 3.3895313892515355e38] : [2 ** -24, 65504];
  arrays.get('wpe.weight')?.set([0, -0, ...edges, -(edges[0] as number)]);
  return { config: model.config, weights: weightsOf(model.config, arrays) };
}

const shapes: readonly [string, Model, CheckpointOptions][] = [
  ['float32, as GPT-2 is', randomModel(smallConfig(), 3), {}],
  ['names with transformer., and the masks', randomModel(smallConfig(), 4), { prefix: true, buffers: true }],
  [
    'a head of its own, in shards',
    randomModel(smallConfig({ n_layer: 3 }), 5, false),
    { shards: 3, prefix: true },
  ],
  ['F16', randomModel(smallConfig({ n_embd: 30 }), 6), { dtype: 'F16' }],
  ['BF16 in shards', randomModel(smallConfig({ n_layer: 4, n_inner: 17 }), 7), { dtype: 'BF16', shards: 4 }],
  [
    'F16 in shards, odd places',
    randomModel(smallConfig({ vocab_size: 51, n_embd: 9 }), 8),
    { dtype: 'F16', shards: 2, buffers: true },
  ],
];

describe('checkpoints', () => {
  it.each(shapes)('are read exactly: %s', async (_, plain, options) => {
    const model = options.dtype ? representable(plain, options.dtype) : plain;
    hub.put('school/any', checkpoint(model, options));
    const opened = await libraryOn([hub.url]).open({ kind: 'hub', id: 'school/any' });
    let numbers = 0;
    expect(opened.weights.tied).toBe(model.weights.tied);
    for (const name of model.weights.names) {
      expect(opened.weights.get(name), name).toEqual(model.weights.get(name));
      numbers += opened.weights.get(name).length;
    }
    expect(numbers).toBeGreaterThan(2500);
  });

  it('are refused by name: a missing shard, a wrong shape, a strange type', async () => {
    const open = (files: Map<string, Uint8Array>) => {
      hub.put('school/broken', files);
      return failure(libraryOn([hub.url]).open({ kind: 'hub', id: 'school/broken' }));
    };
    const model = randomModel(smallConfig(), 9);
    const sharded = checkpoint(model, { shards: 2 });
    sharded.delete('model-00002-of-00002.safetensors');
    expect((await open(sharded)).message).toContain('has no model-00002-of-00002.safetensors');
    const wide = checkpoint(model).set(
      'config.json',
      new TextEncoder().encode(JSON.stringify({ ...model.config, vocab_size: 51 })),
    );
    expect((await open(wide)).message).toContain('"wte.weight" is 50×24; this config asks for 51×24');
    const cut = checkpoint(model);
    const bytes = cut.get('model.safetensors') as Uint8Array;
    cut.set('model.safetensors', bytes.subarray(0, bytes.length - 4));
    expect((await open(cut)).message).toContain('model.safetensors: ');
    const outside = new TextEncoder().encode('{"weight_map":{"wte.weight":"../../secret.safetensors"}}');
    const index = checkpoint(model, { shards: 2 }).set('model.safetensors.index.json', outside);
    expect((await open(index)).message).toContain('it names a file "../../secret.safetensors"');
  });

  it('may have their vocabulary in tokenizer.json alone', async () => {
    const { readFileSync } = await import('node:fs');
    const folder = `${import.meta.dirname}/../../weights/gpt2-tiny-stories`;
    const read = (name: string) => new Uint8Array(readFileSync(`${folder}/${name}`));
    const model = randomModel(smallConfig({ vocab_size: 1536 }), 10);
    const texts = ['Mike is quick. He moves', 'naïve 🙂 tokens', ''];
    for (const names of [['tokenizer.json'], ['vocab.json', 'merges.txt']]) {
      hub.put('school/words', checkpoint(model, {}, new Map(names.map((name) => [name, read(name)]))));
      const { tokenizer } = await libraryOn([hub.url]).open({ kind: 'hub', id: 'school/words' });
      for (const text of texts) expect(tokenizer?.encode(text)).toEqual(embeddedTokenizer().encode(text));
      expect(tokenizer?.endOfText).toBe(embeddedTokenizer().endOfText);
    }
  });
});
