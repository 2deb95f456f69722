import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PassTime } from '../../src/engine/api';
import { tellingOfPasses } from '../../src/worker/passes';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Passes as an engine would report them, told apart by their number of tokens. */
function watched() {
  let last: PassTime | undefined;
  const told: number[] = [];
  const look = tellingOfPasses(
    () => last,
    ({ tokens }) => told.push(tokens),
  );
  const pass = (tokens: number) => {
    last = { tokens, blocks: 1, milliseconds: 1 };
    look();
  };
  return { told, look, pass };
}

it('tells of the first pass at once, and of the latest a second later', () => {
  const { told, pass } = watched();
  pass(1);
  expect(told).toEqual([1]);
  for (let tokens = 2; tokens <= 500; tokens++) pass(tokens);
  vi.advanceTimersByTime(999);
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([1, 500]);
});

it('tells of no pass twice, and waits for nothing while there is none', () => {
  const { told, look, pass } = watched();
  look();
  expect(vi.getTimerCount()).toBe(0);
  pass(1);
  look();
  vi.advanceTimersByTime(60_000);
  expect(vi.getTimerCount()).toBe(0);
  look();
  expect(told).toEqual([1]);
  expect(vi.getTimerCount()).toBe(0);
});

it('tells at most about once a second, however many passes there are', () => {
  const { told, pass } = watched();
  for (let i = 0; i < 1000; i++) {
    pass(i);
    vi.advanceTimersByTime(10);
  }
  expect(told.length).toBeGreaterThanOrEqual(10);
  expect(told.length).toBeLessThanOrEqual(11);
});
