import { expect, it } from 'vitest';
import { callOf } from '../../../taskpane/cells/call';

it.each([
  ['=GPT2.ATTN(A1,0,3)', { name: 'ATTN', input: 'A1' }],
  ['= gpt2.tokens( prompt )', { name: 'TOKENS', input: 'prompt' }],
  ['=GPT2.EMBED("a, ""b"") c")', { name: 'EMBED', input: '"a, ""b"") c"' }],
  ["=GPT2.EMBED('a,b (x)'!A1,1)", { name: 'EMBED', input: "'a,b (x)'!A1" }],
  ['=GPT2.EMBED(GPT2.IDS(A1,2),1)', { name: 'EMBED', input: 'GPT2.IDS(A1,2)' }],
  ['=GPT2.EMBED({1,2;3,4},1)', { name: 'EMBED', input: '{1,2;3,4}' }],
  ['=GPT2.STATUS()', { name: 'STATUS', input: '' }],
])('reads %s', (formula, call) => {
  expect(callOf(formula)).toEqual(call);
});

it.each(['=ROWS(GPT2.IDS(A1))', '=GPT2.EMBED(A1)+1', '=A1', '7', '', '=GPT2.EMBED(A1', '=GPT3.EMBED(A1)'])(
  'sees that %s is not one call of the add-in’s',
  (formula) => {
    expect(callOf(formula)).toBeUndefined();
  },
);
