import type { Config } from '../gpt2/config';
import type { HubRef, KnownModel } from './api';
import { EMBEDDED } from './embedded';
import { parameterCount } from './memory';

/** What all of OpenAI's GPT-2 have in common. */
const gpt2 = (n_layer: number, n_head: number, n_embd: number): Config => ({
  n_layer,
  n_head,
  n_embd,
  n_inner: 4 * n_embd,
  n_positions: 1024,
  vocab_size: 50257,
  layer_norm_epsilon: 1e-5,
});

/**
 * @param weights bytes of `model.safetensors` on the hub. They are more than 4 × parameters: each block of these files
 *   has its causal mask, 1024 × 1024 numbers, with it
 */
function onHub(id: string, config: Config, weights: number, licence: string): KnownModel {
  const ref: HubRef = { kind: 'hub', id };
  const name = id.slice(id.indexOf('/') + 1);
  const parameters = parameterCount(config);
  return { ref, name, config, parameters, download: weights + VOCABULARY_BYTES, dtype: 'F32', licence };
}

/** config.json, vocab.json and merges.txt, which hardly differ. */
const VOCABULARY_BYTES = 665 + 1_042_301 + 456_318;

const MIT = 'MIT';

/** The models that the library knows by name. @param base the address that the pages lie at, for the built-in model */
export const knownModels = (base: string): KnownModel[] => [
  {
    ref: { kind: 'url', url: new URL(EMBEDDED.path, base).href },
    name: EMBEDDED.name,
    config: EMBEDDED.config,
    parameters: parameterCount(EMBEDDED.config),
    download: 0,
    dtype: 'F32',
    licence: MIT,
  },
  onHub('distilbert/distilgpt2', gpt2(6, 12, 768), 352_824_413, 'Apache-2.0'),
  onHub('openai-community/gpt2', gpt2(12, 12, 768), 548_105_171, MIT),
  onHub('openai-community/gpt2-medium', gpt2(24, 16, 1024), 1_519_984_962, MIT),
  onHub('openai-community/gpt2-large', gpt2(36, 20, 1280), 3_247_159_078, MIT),
  onHub('openai-community/gpt2-xl', gpt2(48, 25, 1600), 6_431_829_964, MIT),
];
