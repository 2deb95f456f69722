import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '../../src/gpt2/config';
import type { Model } from '../../src/gpt2/reference';
import { Tokenizer } from '../../src/gpt2/tokenizer';
import { readWeights } from '../../src/gpt2/weights';
import { shared } from './shared';

export * from './random';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Reads a folder with config.json and model.safetensors. */
export function loadModel(folder: string): Model {
  const config = parseConfig(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')));
  const bytes = new Uint8Array(readFileSync(join(folder, 'model.safetensors'))); // a Buffer's slice() does not copy
  return { config, weights: readWeights(config, bytes) };
}

/** A model that a test would like to have, and may have to do without. */
export interface ModelFolder {
  readonly name: string;
  readonly folder: string;
  /** Why it cannot be tested here; printed by the test that skips it. */
  readonly missing?: string;
}

/** The model that ships with the add-in: the first folder under weights/ that holds one. */
export function embeddedModel(): ModelFolder {
  const weights = join(ROOT, 'weights');
  const name = readdirSync(weights).find((entry) => existsSync(join(weights, entry, 'model.safetensors')));
  if (name) return { name, folder: join(weights, name) };
  return { name: 'the embedded model', folder: weights, missing: 'weights/ holds no model.safetensors yet' };
}

/** A small trained model that somebody else made, beside the repository where it is at hand. */
export function sortingModel(): ModelFolder {
  const name = 'gpt-nano-sort';
  const folder = shared(`models/${name}`);
  return folder ? { name, folder } : { name, folder: '', missing: `${name} is not beside this checkout` };
}

/** The vocabulary of the model that ships with the add-in. */
export function embeddedTokenizer(): Tokenizer {
  const read = (name: string) => readFileSync(join(embeddedModel().folder, name), 'utf8');
  return new Tokenizer(JSON.parse(read('vocab.json')), read('merges.txt'));
}
