import { readFileSync } from 'node:fs';
import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { Tokenizer } from '../../src/gpt2/tokenizer';
import { gpt2Tokenizer } from '../support/gpt2-vocabulary';
import { hardStrings } from '../support/hard-strings';
import { shared } from '../support/shared';

const tokenizer = gpt2Tokenizer();
const published = shared('golden/gpt2-published-values.json');

/** Unicode as every encoder sees it: a lone surrogate is U+FFFD. */
const wellFormed = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text));

describe('Tokenizer with the vocabulary of GPT-2', () => {
  it('gives the ids that tiktoken gives, on 5,000 hard strings', () => {
    const tiktoken = get_encoding('gpt2');
    const strings = hardStrings(5000);
    for (const text of strings) {
      expect(tokenizer.encode(text), JSON.stringify(text)).toEqual([
        ...tiktoken.encode(wellFormed(text), [], []),
      ]);
    }
    tiktoken.free();
    console.log(`tokenizer: ${strings.length} strings as tiktoken has them`);
  });

  it('decodes to the text that it encoded', () => {
    for (const text of hardStrings(5000)) {
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(wellFormed(text));
    }
  });

  it.skipIf(!published)('gives the published ids', () => {
    const rows = JSON.parse(readFileSync(published as string, 'utf8')).tokenizer as {
      text: string;
      ids: number[];
      special?: boolean;
    }[];
    for (const { text, ids, special } of rows) {
      // Rows marked special come from an encoder told to read <|endoftext|> as a token.
      const [before] = special ? text.split('<|endoftext|>') : [text];
      const found = [...tokenizer.encode(before as string), ...(special ? [tokenizer.endOfText] : [])];
      expect(found, text).toEqual(ids);
    }
    expect(rows.length).toBeGreaterThan(20);
  });

  it('shows a token that is only a part of a character as its bytes', () => {
    expect(tokenizer.encode('👍').map((id) => tokenizer.show(id))).toEqual(['\\xF0\\x9F\\x91', '\\x8D']);
    expect(tokenizer.show(tokenizer.endOfText)).toBe('<|endoftext|>');
    expect(tokenizer.encode('He moves').map((id) => tokenizer.show(id))).toEqual(['He', ' moves']);
  });

  it('decodes <|endoftext|> between texts, and bytes that form no character as U+FFFD', () => {
    const [hand] = tokenizer.encode('👍');
    expect(tokenizer.decode([tokenizer.endOfText, hand as number, tokenizer.endOfText])).toBe(
      '<|endoftext|>\uFFFD<|endoftext|>',
    );
  });

  it('encodes 32,767 letters without a space as tiktoken does', () => {
    const tiktoken = get_encoding('gpt2');
    const text = Array.from({ length: 32_767 }, (_, i) => 'etaoinshrdlu'[(i * i * 7 + i) % 12]).join('');
    expect(tokenizer.encode(text)).toEqual([...tiktoken.encode(text)]);
    tiktoken.free();
  });

  it('names an id that is not in the vocabulary', () => {
    expect(() => tokenizer.decode([50_257])).toThrow('50257 is not a token id');
    expect(() => tokenizer.show(-1)).toThrow('-1 is not a token id');
  });
});

describe('Tokenizer with a broken vocabulary', () => {
  it('names the token that has no id', () => {
    expect(() => new Tokenizer({ a: 0 }, '')).toThrow('no id for the token');
  });
});
