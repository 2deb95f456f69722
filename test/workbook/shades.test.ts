import { expect, it } from 'vitest';
import { formatOfShaded, shadeOf } from '../../src/workbook/shades';

it('shades to one side from 0, or to both sides equally far', () => {
  expect(shadeOf('A1', 'sequential')).toMatchObject({ low: { at: 0 } });
  expect(shadeOf('A1', 'diverging')).toMatchObject({ even: true });
});

it.each([
  [[[1, 2]], undefined],
  [[['a', 1]], undefined],
  [[[0.5, -0.25]], '0.00'],
  [[[0.5, -1e10]], '[<-1000000000]"masked";[<0]-0.00;0.00'],
])('shows two decimals of %j where there are any, and what is masked as a word', (values, format) => {
  expect(formatOfShaded(values)).toBe(format);
});
