import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/gpt2/config';
import type { Device, HubRef } from '../../src/models/api';
import { knownModels } from '../../src/models/catalogue';
import { EMBEDDED } from '../../src/models/embedded';
import { fits } from '../../src/models/fit';
import { parseHubId } from '../../src/models/hub';
import { memoryNeed } from '../../src/models/memory';
import { bytes } from '../../src/models/messages';
import { checkedSources } from '../../src/models/sources';
import { embeddedModel, loadModel } from '../support/models';

const known = knownModels('https://example.org/gpt2/');
const named = (name: string) => known.find((model) => model.name === name) as (typeof known)[number];

describe('the known models', () => {
  it('have the parameter counts that were published', () => {
    const counts = known.map(({ name, parameters }) => [name, parameters]);
    expect(Object.fromEntries(counts)).toMatchObject({
      distilgpt2: 81_912_576,
      gpt2: 124_439_808,
      'gpt2-medium': 354_823_168,
      'gpt2-large': 774_030_080,
      'gpt2-xl': 1_557_611_200,
    });
  });

  it('have downloads that are their numbers, their causal masks and a header', () => {
    for (const { name, config, parameters, download } of known.slice(1)) {
      const masks = config.n_layer * config.n_positions ** 2;
      const header = download - 1_499_284 - 4 * (parameters + masks);
      expect(header / config.n_layer, name).toBeGreaterThan(1000);
      expect(header / config.n_layer, name).toBeLessThan(1500);
    }
  });

  it('have the built-in one as its own files say', () => {
    const { folder } = embeddedModel();
    const json: unknown = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    expect(named(EMBEDDED.name).config).toEqual(parseConfig(json));
    const { weights } = loadModel(folder);
    const count = weights.names.reduce((sum, name) => sum + weights.get(name).length, 0);
    expect(named(EMBEDDED.name).parameters).toBe(count);
    expect(named(EMBEDDED.name).ref).toEqual({
      kind: 'url',
      url: 'https://example.org/gpt2/models/gpt2-tiny-stories',
    });
  });
});

describe('memory and fit', () => {
  it('count float32, one prompt as long as the context', () => {
    expect(memoryNeed(named('gpt2').config)).toEqual({
      weights: 497_759_232,
      largest: 4 * 50_257 * 768,
      cache: 4 * 2 * 12 * 1024 * 768,
      activations: 4 * (2 * 12 * 1024 * 1024 + 5 * 1024 * 768),
      total: 497_759_232 + 75_497_472 + 116_391_936,
    });
  });

  const verdicts = (name: string, device: Device) =>
    fits(named(name).config, device).map(({ verdict }) => verdict);
  const gpu = { maxBufferSize: 2 ** 31, maxStorageBufferBindingSize: 2 ** 27 };

  it.each([
    [EMBEDDED.name, {}, ['no', 'yes', 'yes']],
    ['gpt2', {}, ['no', 'perhaps', 'perhaps']],
    ['gpt2', { memory: 8, gpu }, ['perhaps', 'yes', 'yes']],
    ['gpt2', { memory: 1, gpu }, ['perhaps', 'perhaps', 'perhaps']],
    ['gpt2', { memory: 0.75, gpu }, ['no', 'no', 'perhaps']],
    ['gpt2-large', { memory: 8, gpu }, ['perhaps', 'perhaps', 'yes']],
    ['gpt2-large', { memory: 4, gpu }, ['no', 'no', 'perhaps']],
    ['gpt2-xl', { memory: 32 }, ['no', 'no', 'yes']],
    ['gpt2-xl', { memory: 32, workers: true }, ['no', 'yes', 'yes']],
    ['gpt2-xl', { memory: 8, workers: true }, ['no', 'perhaps', 'perhaps']],
    ['gpt2-xl', { memory: 4, workers: true }, ['no', 'no', 'no']],
    ['gpt2-xl', { memory: 32, gpu: { ...gpu, maxStorageBufferBindingSize: 2 ** 25 } }, ['no', 'no', 'yes']],
  ] as const)('%s on %j: WebGPU, WebAssembly, plain: %j', (name, device, expected) => {
    expect(verdicts(name, device)).toEqual(expected);
  });

  it('say why not, with the numbers', () => {
    const [webgpu, wasm] = fits(named('gpt2-xl').config, { memory: 32 });
    expect(webgpu?.reason).toBe('This browser or device has no WebGPU.');
    expect(wasm?.reason).toBe(
      'It takes about 7.88 GB in float32, and WebAssembly has room for 4.29 GB where a worker cannot start others.',
    );
  });
});

describe('what people write', () => {
  const hub = (id: string, revision?: string): HubRef => ({
    kind: 'hub',
    id,
    ...(revision === undefined ? {} : { revision }),
  });

  it.each([
    ['openai-community/gpt2', hub('openai-community/gpt2')],
    [' distilbert/distilgpt2 ', hub('distilbert/distilgpt2')],
    ['owner/name@v1.0', hub('owner/name', 'v1.0')],
    ['https://huggingface.co/openai-community/gpt2', hub('openai-community/gpt2')],
    ['https://huggingface.co/openai-community/gpt2/tree/main', hub('openai-community/gpt2', 'main')],
    ['https://huggingface.co/openai-community/gpt2?library=transformers', hub('openai-community/gpt2')],
  ])('%s is a model of the hub', (text, ref) => expect(parseHubId(text)).toEqual(ref));

  it.each(['gpt2', '', 'a b/c', 'a/b/c', '../x', 'x/..', 'a/b@../c', 'a--b/c', 'ä/b', 'a/b@'])(
    '%j is none, and the message says what is',
    (text) => expect(() => parseHubId(text)).toThrow(/owner\/name is needed|is not the name of a branch/),
  );

  it('sources are addresses of servers', () => {
    expect(checkedSources(['https://a.example/hub/', 'https://a.example/hub'])).toEqual([
      'https://a.example/hub',
    ]);
    for (const wrong of [['mirror'], ['file:///models'], []]) {
      expect(() => checkedSources(wrong)).toThrow('is not the address of a server');
    }
  });

  it('bytes are told in decimal units', () => {
    expect([0, 999, 1000, 999_949, 999_950, 548_105_171, 6_431_829_964].map(bytes)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '999.9 kB',
      '1.0 MB',
      '548.1 MB',
      '6.43 GB',
    ]);
  });
});
