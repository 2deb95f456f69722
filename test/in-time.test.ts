import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inTime } from '../src/in-time';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const late = () => {
  throw new Error('It took too long.');
};

it('gives what the task gives, or its failure, and leaves no timer behind', async () => {
  expect(await inTime(Promise.resolve(3), 1000, late)).toBe(3);
  await expect(inTime(Promise.reject(new Error('broken')), 1000, late)).rejects.toThrow('broken');
  expect(vi.getTimerCount()).toBe(0);
});

it('gives something else, or fails, when the task takes longer', async () => {
  const never = new Promise(() => undefined);
  const other = expect(inTime(never, 1000, () => 'other')).resolves.toBe('other');
  const failed = expect(inTime(never, 1000, late)).rejects.toThrow('It took too long.');
  await vi.advanceTimersByTimeAsync(999);
  expect(vi.getTimerCount()).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  await Promise.all([other, failed]);
  expect(vi.getTimerCount()).toBe(0);
});
