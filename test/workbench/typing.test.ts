import { expect, it } from 'vitest';
import { functionTyped } from '../../workbench/typing';

const ids = new Set(['ATTN', 'IDS', 'TEXT']);

it.each([
  ['=GPT2.ATTN(', 'ATTN'],
  ['=gpt2.attn("x", 0', 'ATTN'],
  ['=GPT2.TEXT(GPT2.IDS(', 'IDS'],
  ['=SUM(1, GPT2.ATTN(A1, 0))', 'ATTN'],
  ['=GPT2.AT', undefined],
  ['=GPT2.LENS(', undefined],
  ['=OTHER.ATTN(', undefined],
  ['GPT2.ATTN(', undefined],
])('%s is about %s', (text, id) => {
  expect(functionTyped(text, ids)).toBe(id);
});
