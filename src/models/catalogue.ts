import type { Config } from '../gpt2/config';
import { SHAPES } from '../gpt2/shapes';
import type { HubRef, KnownModel } from './api';
import { EMBEDDED } from './embedded';
import { parameterCount } from './memory';

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
  onHub('distilbert/distilgpt2', SHAPES.distilgpt2, 352_824_413, 'Apache-2.0'),
  onHub('openai-community/gpt2', SHAPES.gpt2, 548_105_171, MIT),
  onHub('openai-community/gpt2-medium', SHAPES['gpt2-medium'], 1_519_984_962, MIT),
  onHub('openai-community/gpt2-large', SHAPES['gpt2-large'], 3_247_159_078, MIT),
  onHub('openai-community/gpt2-xl', SHAPES['gpt2-xl'], 6_431_829_964, MIT),
];
