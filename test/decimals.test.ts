import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shortest } from '../src/decimals';

it('can write a float32 as the decimal a person would', () => {
  expect(shortest(Math.fround(0.1))).toBe(0.1);
  expect(shortest(Math.fround(-1.23456789))).toBe(-1.2345679);
  expect(shortest(-1e10)).toBe(-1e10);
  expect(shortest(0)).toBe(0);
  expect(shortest(3.4e38)).toBe(3.4e38); // 3.3999999521443642e38
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

it('is what writing the decimals out gives, digit for digit', () => {
  const byText = (wanted: number) => {
    for (let digits = 6; digits < 9; digits++) {
      const short = Number(wanted.toPrecision(digits));
      if (Math.fround(short) === wanted) return short;
    }
    return Number(wanted.toPrecision(9));
  };
  const check = (value: number) => {
    const wanted = Math.fround(value);
    if (!Number.isInteger(wanted)) expect(shortest(wanted)).toBe(byText(wanted));
  };
  const bits = new Uint32Array(1);
  const float = new Float32Array(bits.buffer);
  let state = 1;
  for (let i = 0; i < 200_000; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bits[0] = state;
    if (Number.isFinite(float[0])) check(float[0] as number); // any size
    check(3 * Math.sin(i)); // the sizes of activations
    check(i / 128); // halves of what is rounded
  }
  for (let exponent = -20; exponent < 20; exponent++) {
    for (const size of [2 ** exponent, 2 ** (2 * exponent)]) check(size); // closer to what is below than above
    for (const near of [1 - 2 ** -24, 1, 1 + 2 ** -23, 0.5, 1.5, 9.999999]) check(near * 10 ** exponent);
  }
});
