import { expect, it } from 'vitest';
import { burst } from '../../src/rpc/burst';

it('can send what is asked in one moment in one message, across awaited promises', async () => {
  const sent: number[][] = [];
  const double = burst(async (items: number[]) => {
    sent.push(items);
    return items.map((n) => 2 * n);
  });
  const late = async () => {
    for (let i = 0; i < 5; i++) await Promise.resolve();
    return double(3);
  };
  expect(await Promise.all([double(1), double(2), late()])).toEqual([2, 4, 6]);
  expect(sent).toEqual([[1, 2, 3]]);
  expect(await double(4)).toBe(8);
  expect(sent).toHaveLength(2);
});

it('can tell everybody when the message fails, and go on', async () => {
  let broken = true;
  const send = burst(async (items: number[]) => {
    if (broken) throw new Error('The line is dead.');
    return items;
  });
  const [one, two] = await Promise.allSettled([send(1), send(2)]);
  expect([one?.status, two?.status]).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(await send(3)).toBe(3);
});
