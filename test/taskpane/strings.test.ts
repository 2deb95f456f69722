import { expect, it } from 'vitest';
import { bytes, clock, count, strings } from '../../taskpane/strings';

it('writes numbers with separators', () => {
  expect(count(124439808)).toBe('124,439,808');
});

it('writes sizes as people read them', () => {
  expect([0, 999, 21602, 2433560, 497759232, 6.4e9].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '22 kB',
    '2.4 MB',
    '498 MB',
    '6.4 GB',
  ]);
});

it('writes times of the day', () => {
  expect(clock(new Date(2024, 0, 1, 9, 5))).toBe('09:05');
});

it('can say one layer as well as many', () => {
  expect(strings.model.shape(1, 12, 768)).toBe('1 layer × 12 heads × 768 wide');
});
