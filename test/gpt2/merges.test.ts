import { describe, expect, it } from 'vitest';
import type { PreTokenMerges, Tokenizer } from '../../src/gpt2/tokenizer';
import { gpt2Tokenizer } from '../support/gpt2-vocabulary';
import { hardStrings } from '../support/hard-strings';
import { embeddedTokenizer } from '../support/models';

const readable = (byte: number) =>
  byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase()}`;

/** The tokens that come out when the rows are applied to the bytes, the leftmost pair at each step. */
function replay({ preToken, merges }: PreTokenMerges): string[] {
  const parts = Array.from(new TextEncoder().encode(preToken), readable);
  for (const { left, right, result } of merges) {
    const at = parts.findIndex((part, i) => part === left && parts[i + 1] === right);
    expect(at, JSON.stringify({ preToken, left, right })).toBeGreaterThanOrEqual(0);
    parts.splice(at, 2, result);
  }
  return parts;
}

const vocabularies: [string, Tokenizer][] = [
  ['the embedded model', embeddedTokenizer()],
  ['GPT-2', gpt2Tokenizer()],
];

describe.each(vocabularies)('merges with the vocabulary of %s', (_, tokenizer) => {
  it('make the tokens when they are applied to the bytes', () => {
    const texts = [
      'Mike is quick. He moves',
      'the the the',
      ' aaaaaaaa',
      'unbelievably',
      'naïve café',
      '👩‍🚀',
      '\ud83d!',
    ];
    let rows = 0;
    for (const text of [...texts, ...hardStrings(2000)]) {
      const all = tokenizer.merges(text);
      rows += all.reduce((sum, { merges }) => sum + merges.length, 0);
      const tokens = tokenizer.encode(text).map((id) => tokenizer.show(id));
      expect(all.flatMap(replay), JSON.stringify(text)).toEqual(tokens);
    }
    console.log(`merges: ${rows} rows make the tokens`);
  });

  it('have the best rank first, and none for single bytes', () => {
    expect(tokenizer.merges('')).toEqual([]);
    expect(tokenizer.merges('a.')).toEqual([
      { preToken: 'a', merges: [] },
      { preToken: '.', merges: [] },
    ]);
    const [is] = tokenizer.merges(' is');
    expect(is?.preToken).toBe(' is');
    expect(is?.merges.at(-1)?.result).toBe(' is');
  });
});

it('merges of GPT-2 have the ranks of its merges.txt', () => {
  // The first lines are "Ġ t", "Ġ a", "h e", "i n", "r e", "o n", "Ġt he".
  expect(gpt2Tokenizer().merges(' the')).toEqual([
    {
      preToken: ' the',
      merges: [
        { rank: 0, left: ' ', right: 't', result: ' t' },
        { rank: 2, left: 'h', right: 'e', result: 'he' },
        { rank: 6, left: ' t', right: 'he', result: ' the' },
      ],
    },
  ]);
});
