import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shortest } from '../../src/sheet/numbers';

it('can write a float32 as the decimal a person would', () => {
  expect(shortest(Math.fround(0.1))).toBe(0.1);
  expect(shortest(Math.fround(-1.23456789))).toBe(-1.2345679);
  expect(shortest(-1e10)).toBe(-1e10);
  expect(shortest(0)).toBe(0);
});

it('gives back the same float32, in at most nine digits and no more than are needed', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const short = shortest(value);
      expect(Math.fround(short)).toBe(value);
      const digits = String(short)
        .replace(/e.*|[-.]/g, '')
        .replace(/^0+|0+$/g, '');
      if (!Number.isInteger(short)) expect(digits.length).toBeLessThanOrEqual(9);
    }),
    { numRuns: 20_000, seed: 1 },
  );
});
