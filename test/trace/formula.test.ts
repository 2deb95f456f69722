import { describe, expect, it } from 'vitest';
import { isReference, parseFormula, qualified, termsOf } from '../../src/trace/formula';
import { literal } from '../../src/trace/literal';

describe('parseFormula', () => {
  it.each([
    ['=GPT2.SCORES(A1,0,3)', 'SCORES', ['A1', '0', '3']],
    ['= gpt2.attn_out( A1 , 0 )', 'ATTN_OUT', ['A1', '0']],
    ['=@GPT2.NEXT(prompt)', 'NEXT', ['prompt']],
    ['=GPT2.STATUS()', 'STATUS', []],
    ['=GPT2.NEXT(A1,,5)', 'NEXT', ['A1', '', '5']],
    ['=GPT2.NEXT("a ""b"", (c",1)', 'NEXT', ['"a ""b"", (c"', '1']],
    ["=GPT2.EMBED('It''s, a (sheet)'!A1:B2)", 'EMBED', ["'It''s, a (sheet)'!A1:B2"]],
    ['=GPT2.MATMUL({1,2;3,4},A1:B2)', 'MATMUL', ['{1,2;3,4}', 'A1:B2']],
    ['=GPT2.FINAL(GPT2.BLOCK(A1:H6+B1:I6,0,SUM(1,2)))', 'FINAL', ['GPT2.BLOCK(A1:H6+B1:I6,0,SUM(1,2))']],
  ])('reads %s', (formula, name, args) => {
    expect(parseFormula(formula)).toEqual({ call: { name, args } });
  });

  it.each([
    ['=GPT2.EMBED(A1)+GPT2.POSITION(A1)', ['=GPT2.EMBED(A1)', '=GPT2.POSITION(A1)']],
    ['=SUM(GPT2.TOP(GPT2.IDS(A1),5))', ['=GPT2.TOP(GPT2.IDS(A1),5)', '=GPT2.IDS(A1)']],
    ['="GPT2.EMBED(A1)"', []],
    ['=A1*2', []],
    ['=GPT2', []],
    ['=MYGPT2.EMBED(A1)', []],
    ['=GPT3.EMBED(A1)', []],
    ['=ROWS(GPT2.IDS(A1))', ['=GPT2.IDS(A1)']],
    ['Hello', []],
  ])('finds what is inside %s', (formula, inside) => {
    expect(parseFormula(formula)).toEqual({ inside });
  });

  it('follows the namespace', () => {
    expect(parseFormula('=GPT_2.EMBED(A1)', 'GPT_2')).toEqual({ call: { name: 'EMBED', args: ['A1'] } });
    expect(parseFormula('=GPT2.EMBED(A1)', 'GPT_2')).toEqual({ inside: [] });
  });
});

it.each([
  ['A1:H6+B1:I6', ['+A1:H6', '+B1:I6']],
  ['layer - 1', ['+layer', '-1']],
  ['(A1+B1)+GPT2.ATTN_OUT(A1-B1,0)-2', ['+(A1+B1)', '+GPT2.ATTN_OUT(A1-B1,0)', '-2']],
  ["'a-b'!A1+1e-5", ["+'a-b'!A1", '+1e-5']],
  ['A1E+2', ['+A1E', '+2']],
  ['A1*-2', undefined],
  ['-A1', undefined],
  ['GPT2.IDS(A1+B1)', undefined],
  ['"a+b"', undefined],
])('the terms of %s', (text, expected) => {
  expect(termsOf(text)?.map(({ sign, term }) => `${sign < 0 ? '-' : '+'}${term}`)).toEqual(expected);
});

it.each([
  ['A1', true],
  ['$A$1:B7', true],
  ['A1#', true],
  ["'My sheet'!A1:B2", true],
  ['Tour!C5', true],
  ['prompt', true],
  ['A:C', true],
  ['"A1"', false],
  ['A1+B1', false],
  ['GPT2.IDS(A1)', false],
  ['12', false],
  ['TRUE', false],
  ['{1;2}', false],
])('%s is a reference: %s', (argument, is) => {
  expect(isReference(argument)).toBe(is);
});

it.each([
  ['A1', 'In', 'In!A1'],
  ['A1:$B$2', 'My sheet', "'My sheet'!A1:$B$2"],
  ['A1', "It's", "'It''s'!A1"],
  ['A1', 'A1', "'A1'!A1"],
  ['Other!A1+B2', 'In', 'Other!A1+In!B2'],
  ["'My sheet'!A1:B2", 'In', "'My sheet'!A1:B2"],
  ['"A1 and B2"', 'In', '"A1 and B2"'],
  ['GPT2.IDS(A1)', 'In', 'GPT2.IDS(In!A1)'],
  ['LOG10(A1)', 'In', 'LOG10(In!A1)'],
  ['prompt', 'In', 'prompt'],
  ['{1;2}', 'In', '{1;2}'],
  ['A1', undefined, 'A1'],
])('%s of sheet %s is %s', (argument, sheet, expected) => {
  expect(qualified(argument, sheet)).toBe(expected);
});

it.each([
  ['1.5e3', [[1500]]],
  ['-2', [[-2]]],
  ['"a ""b"""', [['a "b"']]],
  ['TRUE', [[true]]],
  [
    '{1,2;3,"x;y"}',
    [
      [1, 2],
      [3, 'x;y'],
    ],
  ],
  ['A1', undefined],
  ['1+1', undefined],
  ['{1;A1}', undefined],
  ['{1,2;3}', undefined],
])('the literal %s', (text, value) => {
  expect(literal(text)).toEqual(value);
});
