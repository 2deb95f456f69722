import { afterEach, expect, it, vi } from 'vitest';
import { exclusiveQueue, inTimeAtFirst } from '../../../src/engine/backends/exclusive';

afterEach(() => {
  vi.useRealTimers();
});

it('runs tasks one at a time, in the order in which they came, past failures', async () => {
  const exclusive = exclusiveQueue();
  const events: string[] = [];
  const task = (name: string, fails = false) =>
    exclusive(async () => {
      events.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 2));
      events.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const outcomes = await Promise.allSettled([task('a'), task('b', true), task('c')]);
  expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('limits the tasks of a queue until one has been done', async () => {
  vi.useFakeTimers();
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
