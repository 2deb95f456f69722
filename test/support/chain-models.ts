import { join } from 'node:path';
import type { Config } from '../../src/gpt2/config';
import type { Model } from '../../src/gpt2/reference';
import { byteTokenizer, writeModelFolder } from './model-folder';
import {
  embeddedModel,
  embeddedTokenizer,
  loadModel,
  randomIds,
  randomModel,
  smallConfig,
  sortingModel,
} from './models';
import { linkInto } from './site';

/** A prompt as a formula takes it, and as the model reads it. */
export interface Prompt {
  /** One cell of text, or a column of token ids. */
  readonly input: readonly (readonly (string | number)[])[];
  readonly ids: readonly number[];
}

/** A model to be opened by a page's address, and what to ask it. */
export interface ServedModel {
  readonly name: string;
  readonly query: string;
  /** How STATUS calls what runs it. */
  readonly backend: string;
  readonly model: Model;
  readonly prompts: readonly Prompt[];
  /** Puts its folder into the site's `models/`. */
  serve(models: string): void;
}

const ofIds = (ids: readonly number[]): Prompt => ({ input: ids.map((id) => [id]), ids });

function embedded(): ServedModel {
  const { name, folder } = embeddedModel();
  const tokenizer = embeddedTokenizer();
  const texts = ['Once', 'Mike is quick. He moves'];
  return {
    name,
    query: '?backend=wasm',
    backend: 'WebAssembly',
    model: loadModel(folder),
    prompts: texts.map((text) => ({ input: [[text]], ids: tokenizer.encode(text) })),
    serve: () => {}, // it is part of the site
  };
}

function sorting(): ServedModel[] {
  const { name, folder, missing } = sortingModel();
  if (missing) return []; // sortingModel has said so
  const prompts = [[2], [2, 0, 1, 0, 2, 1, 0, 0, 1, 1, 2]].map(ofIds);
  const serve = (models: string) => linkInto(folder, join(models, name));
  return [{ ...asked(name, 'wasm'), model: loadModel(folder), prompts, serve }];
}

/** A random model without a vocabulary, which takes ids. */
function random(
  name: string,
  backend: 'wasm' | 'reference',
  config: Partial<Config>,
  lengths: number[],
): ServedModel {
  const model = randomModel(smallConfig(config), name.length, false);
  return {
    ...asked(name, backend),
    model,
    prompts: lengths.map((T) => ofIds(randomIds(model.config, T, T))),
    serve: (models) => writeModelFolder(join(models, name), model, false),
  };
}

/** A random model that takes any text, byte by byte, and has more outputs than tokens. */
function spelling(): ServedModel {
  const name = 'random-bytes';
  const config = smallConfig({ n_layer: 3, n_head: 5, n_embd: 35, n_inner: 50, vocab_size: 300 });
  const model = randomModel(config, 2);
  const tokenizer = byteTokenizer();
  return {
    ...asked(name, 'wasm'),
    model,
    prompts: ['a', '1+1=\n👍'].map((text) => ({ input: [[text]], ids: tokenizer.encode(text) })),
    serve: (models) => writeModelFolder(join(models, name), model, true),
  };
}

const asked = (name: string, backend: 'wasm' | 'reference') => ({
  name,
  query: `?model=models/${name}&backend=${backend}`,
  backend: backend === 'wasm' ? 'WebAssembly' : 'Plain JavaScript',
});

/** Trained models and odd ones; the last prompt of each is the one that is edited. */
export const servedModels = (): ServedModel[] => [
  embedded(),
  ...sorting(),
  spelling(),
  random(
    'random-narrow',
    'reference',
    { n_layer: 1, n_head: 6, n_embd: 6, n_inner: 1, n_positions: 4, vocab_size: 2 },
    [1, 4],
  ),
  random('random-wide', 'wasm', { n_head: 1, n_embd: 130, n_inner: 17, layer_norm_epsilon: 1e-3 }, [1, 3]),
];
