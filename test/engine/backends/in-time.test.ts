import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { exclusiveQueue } from '../../../src/engine/backends/exclusive';
import { inTime, inTimeAtFirst } from '../../../src/engine/backends/in-time';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('gives what the task gives, or its failure, and leaves no timer behind', async () => {
  expect(await inTime(Promise.resolve(3), 1000, 'late')).toBe(3);
  await expect(inTime(Promise.reject(new Error('broken')), 1000, 'late')).rejects.toThrow('broken');
  expect(vi.getTimerCount()).toBe(0);
});

it('says so when the task takes longer', async () => {
  const waited = expect(inTime(new Promise(() => undefined), 1000, 'It took too long.')).rejects.toThrow(
    'It took too long.',
  );
  await vi.advanceTimersByTimeAsync(999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  await waited;
  expect(vi.getTimerCount()).toBe(0);
});

it('limits the tasks of a queue until one has been done', async () => {
  const inTurn = inTimeAtFirst(exclusiveQueue(), 1000, 'It did not start.');
  const after = (milliseconds: number) => () =>
    new Promise<number>((resolve) => setTimeout(resolve, milliseconds, milliseconds));
  const failed = expect(inTurn(after(2000))).rejects.toThrow('It did not start.');
  const [short, long] = [inTurn(after(500)), inTurn(after(9000))];
  await vi.advanceTimersByTimeAsync(1000);
  await failed;
  await vi.advanceTimersByTimeAsync(500);
  expect(await short).toBe(500);
  await vi.advanceTimersByTimeAsync(9000);
  expect(await long).toBe(9000);
});
