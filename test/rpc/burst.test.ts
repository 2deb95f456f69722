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

it('can send a message for each key, and answer each by itself', async () => {
  const sent: { items: string[]; answer(): void; fail(): void }[] = [];
  const send = burst(
    (items: string[]) =>
      new Promise<string[]>((resolve, reject) => {
        const answer = () => resolve(items.map((item) => item.toUpperCase()));
        sent.push({ items, answer, fail: () => reject(new Error('The line is dead.')) });
      }),
    (items) => items.map((item) => item[0]),
  );
  const [a1, b1, a2, c1] = [send('a1'), send('b1'), send('a2'), send('c1')];
  await expect.poll(() => sent.map(({ items }) => items)).toEqual([['a1', 'a2'], ['b1'], ['c1']]);
  sent[1]?.answer();
  expect(await b1).toBe('B1');
  sent[2]?.fail();
  await expect(c1).rejects.toThrow('The line is dead.');
  sent[0]?.answer();
  expect(await Promise.all([a1, a2])).toEqual(['A1', 'A2']);
});
