import { expect, it } from 'vitest';
import { Macrotasks } from '../../src/engine/macrotasks';

it('waits until what is under way has ended, and whatever it has put off to its end, each time', async () => {
  const macrotasks = new Macrotasks();
  for (let time = 0; time < 3; time++) {
    const seen: string[] = [];
    const next = macrotasks.next().then(() => seen.push('next'));
    for (let i = 0; i < 100; i++) await null;
    seen.push('microtasks');
    await next;
    expect(seen).toEqual(['microtasks', 'next']);
  }
  macrotasks.close();
});

it('several wait at once', async () => {
  const macrotasks = new Macrotasks();
  let came = 0;
  await Promise.all([macrotasks.next(), macrotasks.next()].map((next) => next.then(() => came++)));
  expect(came).toBe(2);
  macrotasks.close();
});
