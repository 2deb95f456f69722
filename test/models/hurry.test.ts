import { expect, it } from 'vitest';
import { Hurry } from '../../src/models/hurry';

const MEGABYTE = 1e6;

/** So many pieces of a megabyte, `every` milliseconds one → whether it was a great hurry in the end. */
function after(hurry: Hurry, time: { now: number }, pieces: number, every: number): boolean {
  for (let i = 0; i < pieces; i++) {
    time.now += every;
    hurry.came(MEGABYTE);
  }
  return hurry.great;
}

it('is great where bytes come fast on two processors, until they come more slowly or no more', () => {
  const time = { now: 0 };
  const hurry = new Hurry(2, () => time.now);
  expect(hurry.great).toBe(false);
  expect(after(hurry, time, 50, 10)).toBe(true); // 100 MB/s
  expect(after(hurry, time, 50, 100)).toBe(false); // 10 MB/s
  expect(after(hurry, time, 50, 10)).toBe(true);
  hurry.over();
  expect(hurry.great).toBe(false);
});

it('is great until the pace is known: what is not hashed at first can be later', () => {
  const time = { now: 0 };
  const hurry = new Hurry(2, () => time.now);
  expect(after(hurry, time, 1, 100)).toBe(true);
  expect(after(hurry, time, 5, 100)).toBe(false);
  hurry.over();
  expect(after(hurry, time, 1, 100)).toBe(true);
});

it.each([
  ['there are four processors', 4],
  ['nobody knows how many there are', undefined],
])('is never great where %s', (_, processors) => {
  const time = { now: 0 };
  const here = globalThis.navigator;
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  try {
    expect(after(new Hurry(processors, () => time.now), time, 100, 1)).toBe(false);
  } finally {
    Object.defineProperty(globalThis, 'navigator', { value: here, configurable: true });
  }
});
