import { expect, it } from 'vitest';
import { colourOf } from '../../src/workbook/colours';

const any = { lowest: -2, highest: 4 };
const share = { range: 'A1', low: { colour: '#FFFFFF', at: 0 }, high: { colour: '#0000FF', at: 1 } };
const signed = { range: 'A1', low: { colour: '#FF0000' }, middle: '#FFFFFF', high: { colour: '#0000FF' } };

it('mixes two colours between two numbers', () => {
  expect(colourOf(share, any, 0)).toBe('#FFFFFF');
  expect(colourOf(share, any, 0.5)).toBe('#8080FF');
  expect(colourOf(share, any, 7)).toBe('#0000FF');
});

it('puts the middle colour at 0, between the lowest and the highest value', () => {
  expect(colourOf(signed, any, -2)).toBe('#FF0000');
  expect(colourOf(signed, any, 0)).toBe('#FFFFFF');
  expect(colourOf(signed, any, 2)).toBe('#8080FF');
});

it('has no colours between where all values are the same', () => {
  expect(colourOf(signed, { lowest: 0, highest: 0 }, 0)).toBe('#FFFFFF');
});

it('can have ends that are equally far from 0, also where all numbers have one sign', () => {
  const even = { ...signed, even: true };
  expect(colourOf(even, any, -2)).toBe('#FF8080');
  expect(colourOf(even, any, 4)).toBe('#0000FF');
  expect(colourOf(even, { lowest: 2, highest: 4 }, 2)).toBe('#8080FF');
});
