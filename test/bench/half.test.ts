import { expect, it } from 'vitest';
import { halfBits } from '../../bench/model/half';
import { q8Blocks } from '../../bench/model/q8';
import { fromF16 } from '../../src/gpt2/float16';
import { rounded } from '../support/checkpoint';
import { randomNumbers } from '../support/random';

const wide = (bits: number) => fromF16(Uint16Array.of(bits))[0] as number;

it('every half-precision number has its own bits', () => {
  const wrong = [];
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = wide(bits);
    const back = halfBits(value);
    if (Number.isNaN(value) ? !Number.isNaN(wide(back)) : back !== bits) wrong.push(value);
  }
  expect(wrong).toEqual([]);
});

it('numbers between become the nearest, ties the even one', () => {
  const next = randomNumbers(16);
  const wrong = [];
  for (let i = 0; i < 20_000; i++) {
    const value = Math.fround((next() - 0.5) * 2 ** Math.floor(30 * (next() - 0.5)));
    // Found by arithmetic of another kind; a tie has two that are as near.
    const nearest = Math.abs(rounded(value, 'F16') - value);
    if (Math.abs(wide(halfBits(value)) - value) !== nearest) wrong.push(value);
  }
  expect(wrong).toEqual([]);
  expect(wide(halfBits(1 + 2 ** -11))).toBe(1);
  expect(wide(halfBits(1 + 3 * 2 ** -11))).toBe(1 + 2 ** -9);
});

it('Q8_0 is no further off than half of a step of its block', () => {
  const next = randomNumbers(8);
  const numbers = Float32Array.from({ length: 320 }, () => next() - 0.5);
  const bytes = q8Blocks(numbers);
  expect(bytes).toHaveLength(10 * 34);
  const view = new DataView(bytes.buffer);
  let worst = 0;
  for (let block = 0; block < 10; block++) {
    const [scale] = fromF16(Uint16Array.of(view.getUint16(34 * block, true))) as unknown as [number];
    for (let i = 0; i < 32; i++) {
      const back = scale * view.getInt8(34 * block + 2 + i);
      worst = Math.max(worst, Math.abs(back - (numbers[32 * block + i] as number)) / scale);
    }
  }
  console.log(`Q8_0: at most ${worst.toFixed(3)} steps off`);
  expect(worst).toBeLessThanOrEqual(0.57); // half a step, and what the scale itself loses to half precision
});
