import { describe, expect, it } from 'vitest';
import { parseTerms, write } from '../../src/catalogue/terms';

describe('the arguments of an example', () => {
  it('are read as Excel hands them over', () => {
    expect(
      parseTerms('"a, ""b""", -1, 1e-5, TRUE, {1, 2; 3, 4}').map((term) => 'value' in term && term.value),
    ).toEqual([
      'a, "b"',
      -1,
      1e-5,
      true,
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(parseTerms('')).toEqual([]);
  });

  it('may be formulas', () => {
    expect(parseTerms('GPT2.IDS("Mike, is"), 2')).toMatchObject([
      { id: 'IDS', text: 'GPT2.IDS("Mike, is")', terms: [{ value: 'Mike, is' }] },
      { value: 2 },
    ]);
  });

  it('are refused, not guessed', () => {
    expect(() => parseTerms('A1:B2')).toThrow('A1 is no value');
    expect(() => parseTerms('1 2')).toThrow(', is missing before 2');
  });
});

it('writes a call without what is left out at its end', () => {
  const [a, b] = parseTerms('"x", {1; 2}');
  expect(write('GPT2.NEXT', [a, undefined, b, undefined])).toBe('GPT2.NEXT("x", , {1; 2})');
});
