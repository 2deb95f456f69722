import { describe, expect, it } from 'vitest';
import { argumentsOf, type FormulaInfo } from '../../src/catalogue/formula';
import { activationsOf, matches, sentences } from '../../taskpane/metadata';

const ATTN: FormulaInfo = {
  id: 'ATTN',
  name: 'ATTN',
  description: 'Shows an attention pattern. Every row adds up to 1.',
  parameters: [{ name: 'input' }, { name: 'layer' }, { name: 'head', optional: true }],
};

it('writes a signature with optional arguments in brackets', () => {
  expect(argumentsOf(ATTN)).toBe('(input, layer, [head])');
  expect(argumentsOf({ ...ATTN, parameters: [] })).toBe('()');
});

describe('a description', () => {
  it('splits after its first sentence', () => {
    expect(sentences(ATTN.description)).toEqual({
      first: 'Shows an attention pattern.',
      rest: 'Every row adds up to 1.',
    });
  });

  it('does not split at numbers and abbreviations', () => {
    expect(sentences('Softmax of x / 0.5, e.g. for sampling.')).toEqual({
      first: 'Softmax of x / 0.5, e.g. for sampling.',
      rest: '',
    });
  });
});

describe('the filter', () => {
  it('finds every word anywhere, in any case', () => {
    expect(matches(ATTN, 'attention')).toBe(true);
    expect(matches(ATTN, 'HEAD pattern')).toBe(true);
    expect(matches(ATTN, '')).toBe(true);
    expect(matches(ATTN, 'attention logits')).toBe(false);
  });
});

it('knows which activations a formula shows', () => {
  expect(activationsOf(ATTN)).toEqual([{ name: 'pattern', shape: 'H × T × T' }]);
  expect(activationsOf({ ...ATTN, id: 'RESID' }).map(({ name }) => name)).toEqual([
    'resid_pre',
    'resid_mid',
    'resid_post',
  ]);
  expect(activationsOf({ ...ATTN, id: 'TOKENS' })).toEqual([]);
});
