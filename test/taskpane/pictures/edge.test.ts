import { scale } from '@observablehq/plot';
import { expect, it } from 'vitest';
import { bandScale, lengthOf } from '../../../taskpane/pictures/edge';

it('places bands at their size, with half a gap at either end', () => {
  const bands = { count: 3, cell: 20, gap: 2 };
  const placed = scale({ x: { ...bandScale(bands), range: [0, lengthOf(bands)] } });
  expect([0, 1, 2].map((i) => placed.apply(i))).toEqual([1, 23, 45]);
  expect(placed.bandwidth).toBe(20);
});

it('places a single one', () => {
  const bands = { count: 1, cell: 44, gap: 0 };
  const placed = scale({ x: { ...bandScale(bands), range: [0, lengthOf(bands)] } });
  expect([placed.apply(0), placed.bandwidth]).toEqual([0, 44]);
});
