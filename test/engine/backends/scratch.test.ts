import { expect, it } from 'vitest';
import { Scratch } from '../../../src/engine/backends/scratch';

/** Takes several pieces at once. */
function round(scratch: Scratch, ...sizes: number[]): Uint8Array[] {
  scratch.begin();
  return sizes.map((size) => scratch.take(size));
}

it('gives the same memory again, where a Float32Array may begin, and no piece twice at a time', () => {
  const scratch = new Scratch();
  const first = round(scratch, 12, 100, 4000);
  expect(first.map(({ length }) => length)).toEqual([12, 100, 4000]);
  const second = round(scratch, 12, 100, 4000);
  const third = round(scratch, 100, 12);
  expect(new Set([...second, ...third].map(({ buffer }) => buffer)).size).toBe(1);
  for (const { byteOffset } of [...second, ...third]) expect(byteOffset % 4).toBe(0);
  for (const [i, piece] of second.entries()) piece.fill(i + 1);
  expect(second.map((piece) => new Set(piece))).toEqual([new Set([1]), new Set([2]), new Set([3])]);
});

it('gives fresh memory where more is wanted than there was, and has as much the next time', () => {
  const scratch = new Scratch();
  round(scratch, 1000);
  const [small, large] = round(scratch, 64, 5000) as [Uint8Array, Uint8Array];
  expect(large.buffer).not.toBe(small.buffer);
  expect(large.length).toBe(5000);
  const [a, b] = round(scratch, 64, 5000) as [Uint8Array, Uint8Array];
  expect(a.buffer).toBe(b.buffer);
});

it('keeps nothing when it has ended, and still gives what is asked for', () => {
  const scratch = new Scratch();
  round(scratch, 1000);
  round(scratch, 1000);
  scratch.end();
  const [one] = round(scratch, 1000) as [Uint8Array];
  const [other] = round(scratch, 1000) as [Uint8Array];
  expect([one.length, one.buffer.byteLength]).toEqual([1000, 1000]);
  expect(other.buffer).not.toBe(one.buffer);
});
