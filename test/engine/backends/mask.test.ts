import { expect, it } from 'vitest';
import { causalMask, paddedKeys, withoutPadding } from '../../../src/engine/backends/mask';

const rows = (mask: Uint8Array, width: number) =>
  Array.from({ length: mask.length / width }, (_, t) => mask.slice(t * width, (t + 1) * width).join(''));

it('lets each position look at itself and what came before', () => {
  expect(rows(causalMask(3, 0), 16)).toEqual(['1', '11', '111'].map((seen) => seen.padEnd(16, '0')));
  expect(rows(causalMask(2, 15), 32)).toEqual(
    ['1'.repeat(16), '1'.repeat(17)].map((seen) => seen.padEnd(32, '0')),
  );
  expect(causalMask(2, 15)).toBe(causalMask(2, 15));
});

it('pads keys to a multiple of sixteen, and takes the padding away again', () => {
  expect([1, 15, 16, 17, 1024].map(paddedKeys)).toEqual([16, 16, 16, 32, 1024]);
  expect([...withoutPadding(Float32Array.of(1, 2, 0, 3, 4, 0), 3, 2)]).toEqual([1, 2, 3, 4]);
});
