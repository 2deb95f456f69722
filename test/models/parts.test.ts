import { expect, it } from 'vitest';
import { Parts } from '../../src/models/parts';
import { randomNumbers } from '../support/random';

it('knows which bytes are there, as an array of flags does', () => {
  const size = 60;
  const next = randomNumbers(5);
  const place = () => Math.floor(next() * (size + 1));
  for (let round = 0; round < 50; round++) {
    const parts = new Parts();
    const flags = new Array<boolean>(size).fill(false);
    for (let i = 0; i < 12; i++) {
      const [begin, end] = [place(), place()].sort((a, b) => a - b) as [number, number];
      parts.add(begin, end);
      flags.fill(true, begin, end);
      const [from, to] = [place(), place()].sort((a, b) => a - b) as [number, number];
      expect(parts.has(from, to)).toBe(flags.slice(from, to).every(Boolean));
      const found = parts.missing(from, to);
      const missing = new Array<boolean>(size).fill(false);
      for (const gap of found) missing.fill(true, gap.begin, gap.end);
      expect(missing).toEqual(flags.map((there, at) => at >= from && at < to && !there));
      // Gaps are as long as they can be.
      expect(found.every((gap, at) => at === 0 || (found[at - 1]?.end ?? 0) < gap.begin)).toBe(true);
    }
    expect(parts.covered).toBe(flags.filter(Boolean).length);
    expect(parts.prefix).toBe([...flags, false].indexOf(false));
  }
});

it('compares what is there with what was', () => {
  const [some, more] = [new Parts(), new Parts()];
  some.add(10, 20);
  more.add(5, 12);
  expect(some.isWithin(more)).toBe(false);
  more.add(12, 30);
  expect(some.isWithin(more)).toBe(true);
  more.clear();
  expect(some.isWithin(more)).toBe(false);
  expect(more.isWithin(some)).toBe(true);
});
