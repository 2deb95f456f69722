import { expect, it } from 'vitest';
import { formulaOf, literal } from '../../../taskpane/pictures/formula';

it('writes a text with its quotes doubled', () => {
  expect(literal('He said "hi"')).toBe('"He said ""hi"""');
  expect(literal('')).toBe('""');
});

it('writes line breaks as CHAR, which every editor of formulas keeps', () => {
  expect(literal('one\ntwo')).toBe('"one"&CHAR(10)&"two"');
  expect(literal('\n')).toBe('CHAR(10)');
});

it('cuts a text into pieces as long as Excel takes, and cuts no character', () => {
  const pieces = (text: string) => literal(text).split('&');
  expect(pieces('a'.repeat(255))).toHaveLength(1);
  expect(pieces('a'.repeat(256))).toEqual([`"${'a'.repeat(255)}"`, '"a"']);
  expect(pieces(`${'a'.repeat(254)}😀`)).toEqual([`"${'a'.repeat(254)}"`, '"😀"']);
  expect(pieces(`${'a'.repeat(254)}"`)).toEqual([`"${'a'.repeat(254)}"`, '""""']);
});

it('puts the prompt, its cell or its ids into a formula', () => {
  expect(formulaOf('ATTN', { text: 'Mike' }, 0, 3)).toBe('=GPT2.ATTN("Mike", 0, 3)');
  expect(formulaOf('ATTN', { text: 'Mike', address: "'My sheet'!B4" }, 1)).toBe(
    "=GPT2.ATTN('My sheet'!B4, 1)",
  );
  expect(formulaOf('TOP', { ids: [0, 1, 2] }, 5)).toBe('=GPT2.TOP({0;1;2}, 5)');
});

it('refuses a formula longer than Excel takes, with both lengths', () => {
  expect(() => formulaOf('TOP', { text: 'a'.repeat(9000) }, 5)).toThrow(/9,\d\d\d characters.*8,192/);
});
