import { expect, it } from 'vitest';
import { compare } from '../../src/sheet/compare';

const row = (...data: number[]) => ({ rows: 1, columns: data.length, data: Float64Array.from(data) });
const square = (...data: number[]) => ({ rows: 2, columns: 2, data: Float64Array.from(data) });

it('finds the largest difference and where it is', () => {
  expect(compare(square(1, 2, 3, 4), square(1, 2.25, 3, 4.5))).toEqual({
    largest: 0.5,
    place: { row: 2, column: 2 },
    relative: 0.5 / 4.5,
  });
  expect(compare(square(1, 2, -8, 4), square(1, 2, -4, 4))).toEqual({
    largest: 4,
    place: { row: 2, column: 1 },
    relative: 0.5,
  });
});

it('sees what only float64 tells apart', () => {
  expect(compare(row(0.1 + 0.2), row(0.3))).toEqual({
    largest: 0.1 + 0.2 - 0.3,
    place: { row: 1, column: 1 },
    relative: (0.1 + 0.2 - 0.3) / (0.1 + 0.2),
  });
});

it('finds nothing where nothing differs, not even in zeros', () => {
  expect(compare(row(0, 0), row(0, -0))).toEqual({ largest: 0, relative: 0 });
});

it('does not let masked scores hide a difference', () => {
  expect(compare(square(1, -1e10, 2, 3), square(1, -1e10, 2, 4)).relative).toBe(0.25);
  expect(compare(row(1, -1e10), row(1, 0))).toMatchObject({ largest: 1e10, relative: 1 });
});
