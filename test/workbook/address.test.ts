import { expect, it } from 'vitest';
import { addressOf, area, columnName, columnNumber, overlap } from '../../src/workbook/address';

it('reads cells and ranges', () => {
  expect(area('B4')).toEqual({ top: 3, left: 1, bottom: 3, right: 1 });
  expect(area('A1:AB12')).toEqual({ top: 0, left: 0, bottom: 11, right: 27 });
  expect(() => area('4B')).toThrow('4B is not the address of a cell.');
});

it.each([0, 25, 26, 701, 702, 1701])('names column %i and finds it again', (column) => {
  expect(columnNumber(columnName(column))).toBe(column);
});

it('writes addresses', () => {
  expect(addressOf(3, 27)).toBe('AB4');
});

it('sees what overlaps', () => {
  expect(overlap(area('A1:B2'), area('B2:C3'))).toBe(true);
  expect(overlap(area('A1:B2'), area('C1:C3'))).toBe(false);
});
