import { expect, it } from 'vitest';
import { exclusiveQueue } from '../../../src/engine/backends/exclusive';

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
