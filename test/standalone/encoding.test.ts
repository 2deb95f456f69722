import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tokenizer } from '../../src/gpt2/tokenizer';
import { encodeInSteps, NONE } from '../../src/standalone/encoding';

const FOLDER = 'weights/gpt2-tiny-stories';
const tokenizer = new Tokenizer(
  JSON.parse(readFileSync(`${FOLDER}/vocab.json`, 'utf8')),
  readFileSync(`${FOLDER}/merges.txt`, 'utf8'),
);
const vocabulary = tokenizer.vocabulary();
const room = { bytes: 400, steps: 64, tokens: 400 };

const idsOf = (text: string) => encodeInSteps(text, vocabulary, room).final.filter((id) => id !== '');

/** Texts that try what pre-tokens depend on: spaces of all kinds, contractions, digits, other scripts, emoji. */
const texts = fc
  .array(
    fc.oneof(
      {
        arbitrary: fc.constantFrom(' ', '  ', '\n', '\t', '\u00a0', '\u3000', "'s", "'re", "'ll", "'", "''"),
        weight: 3,
      },
      {
        arbitrary: fc.constantFrom(
          'Once',
          ' upon',
          'the',
          ' little',
          'girl',
          '12',
          '٣',
          '½',
          'é',
          'ß',
          '日本',
          '👍🏽',
        ),
        weight: 3,
      },
      { arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 6 }), weight: 2 },
      { arbitrary: fc.string({ unit: 'binary', maxLength: 3 }), weight: 1 },
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));

describe('the encoding in steps', () => {
  it('gives the ids of the tokenizer for any text that it has room for', () => {
    let compared = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const { steps, final } = encodeInSteps(text, vocabulary, room);
        expect(final).toHaveLength(room.bytes);
        expect(steps.at(-1)?.best.every((offer) => offer === '' || offer === NONE)).toBe(true);
        expect(idsOf(text)).toEqual(tokenizer.encode(text));
        compared++;
      }),
      { numRuns: 400 },
    );
    console.log(`${compared} texts encoded in steps as the tokenizer does`);
  });

  it.each([
    '',
    "'s it",
    "it's they're we've I'll he'd I'm 'tis ''s !'s",
    " 's 'S",
    'a  b   c',
    'a\n\nb \n c ',
    '   ',
    'naïve café 3½',
    'aaaaaaaaaaaaaaaaaaaaaaaa',
    '\u{10FFFF}',
  ])('agrees on %j', (text) => {
    expect(idsOf(text)).toEqual(tokenizer.encode(text));
  });
});
