import { expect, it } from 'vitest';
import { summary } from '../../../taskpane/pictures/head-summary';

it('means over all tokens but the first', () => {
  const pattern = [1, 0, 0, 0.25, 0.75, 0, 0.5, 0.2, 0.3];
  const { self, previous, first } = summary(pattern, 3);
  expect(self).toBeCloseTo((0.75 + 0.3) / 2, 12);
  expect(previous).toBeCloseTo((0.25 + 0.2) / 2, 12);
  expect(first).toBeCloseTo((0.25 + 0.5) / 2, 12);
});

it('knows that a single token looks at itself', () => {
  expect(summary([1], 1)).toEqual({ self: 1, previous: 0, first: 0 });
});
