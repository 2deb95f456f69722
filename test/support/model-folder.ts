import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BYTE_TO_CHAR } from '../../src/gpt2/alphabet';
import { parameterShapes } from '../../src/gpt2/parameters';
import type { Model } from '../../src/gpt2/reference';
import { END_OF_TEXT, Tokenizer } from '../../src/gpt2/tokenizer';
import { f32, safetensorsFile } from './safetensors';

/** A vocabulary of single bytes and <|endoftext|>: the smallest that any text can be written in. */
const BYTES: Readonly<Record<string, number>> = Object.fromEntries(
  [...BYTE_TO_CHAR, END_OF_TEXT].map((token, id) => [token, id]),
);

/** The vocabulary files of the folders that are written with one. */
export const byteVocabulary = (): Map<string, Uint8Array> =>
  new Map([
    ['vocab.json', new TextEncoder().encode(JSON.stringify(BYTES))],
    ['merges.txt', new TextEncoder().encode('#version: 0.2\n')],
  ]);

/** The tokenizer of the folders that are written with a vocabulary. */
export const byteTokenizer = (): Tokenizer => new Tokenizer(BYTES, '');

/**
 * Writes a model as a Hugging Face folder.
 * @param vocabulary with a token for each byte; the model's own may be larger
 */
export function writeModelFolder(folder: string, { config, weights }: Model, vocabulary: boolean): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  write('config.json', JSON.stringify({ model_type: 'gpt2', ...config }));
  const tensors = [...parameterShapes(config, weights.tied)].map(([name, shape]) => [
    name,
    f32(weights.get(name), shape),
  ]);
  write('model.safetensors', safetensorsFile(Object.fromEntries(tensors)));
  if (!vocabulary) return;
  write('vocab.json', JSON.stringify(BYTES));
  write('merges.txt', '#version: 0.2\n');
}
