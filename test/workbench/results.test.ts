import { expect, it } from 'vitest';
import { readResult } from '../../workbench/invoke/results';

it('shows null as 0, as Excel does', () => {
  expect(readResult(null)).toBe(0);
  expect(readResult([[1, null]])).toEqual([[1, 0]]);
});

it('shows a matrix of one cell as that cell', () => {
  expect(readResult([['x']])).toBe('x');
});

it('keeps error values inside a matrix, with their message', () => {
  const error = { type: 'Error', basicType: 'Error', basicValue: '#DIV/0!', message: 'nothing to divide by' };
  expect(readResult([[1, error]])).toEqual([[1, { error: '#DIV/0!', message: 'nothing to divide by' }]]);
});

it('shows the plain part of rich values', () => {
  expect(readResult({ type: 'FormattedNumber', basicValue: 0.5, numberFormat: '0%' })).toBe(0.5);
  const entity = { type: 'Entity', basicType: 'Error', basicValue: '#VALUE!', text: 'a card' };
  expect(readResult(entity)).toBe('a card');
});

it.each([[[[1], [1, 2]]], [[[]]], [[]], [[1, 2]]])('refuses %j, which is no rectangle', (value) => {
  expect(readResult(value)).toMatchObject({ error: '#VALUE!' });
});

it('refuses a text that no cell of Excel can hold', () => {
  expect(readResult('a'.repeat(32_767))).toHaveLength(32_767);
  expect(readResult('a'.repeat(32_768))).toMatchObject({ error: '#VALUE!' });
});
