import { expect, it } from 'vitest';
import { digest } from '../../src/engine/digest';

it('tells apart arrays that differ in one bit, in order, in length or in the sign of zero', () => {
  const base = Float32Array.from({ length: 64 }, (_, i) => i / 7);
  const seen = new Set([digest(base)]);
  for (let word = 0; word < base.length; word++) {
    for (let bit = 0; bit < 32; bit++) {
      const changed = base.slice();
      const words = new Uint32Array(changed.buffer);
      words[word] = (words[word] as number) ^ (1 << bit);
      seen.add(digest(changed));
    }
  }
  seen.add(digest(base.slice().reverse()));
  for (let n = 0; n < 10; n++) seen.add(digest(new Float32Array(n)));
  seen.add(digest(Float32Array.of(-0)));
  expect(seen.size).toBe(1 + 64 * 32 + 1 + 10 + 1);
});

it('sees only the part of a buffer that an array covers', () => {
  expect(digest(Float32Array.of(1, 2, 3, 4).subarray(1, 3))).toBe(digest(Float32Array.of(2, 3)));
});
