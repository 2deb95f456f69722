import { expect, it } from 'vitest';
import { savingLatest } from '../../src/models/latest';
import { together } from '../../src/models/together';

/** Waits until it is told to end, and notes that it has ended. */
const waiting = (ended: string[], name: string) => (signal: AbortSignal) =>
  new Promise<never>((_, failed) => {
    const end = () => {
      ended.push(name);
      failed(signal.reason);
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });

it('runs tasks at the same time, and gives what each gives', async () => {
  let go = () => {};
  const first = new Promise<void>((done) => {
    go = done;
  });
  const results = await together([
    () => first.then(() => 'first'),
    async () => {
      go();
      return 'second';
    },
  ]);
  expect(results).toEqual(['first', 'second']);
});

it('passes the first failure on, when the others have ended', async () => {
  const ended: string[] = [];
  const failing = async () => Promise.reject(new Error('no room'));
  await expect(together([waiting(ended, 'a'), failing, waiting(ended, 'b')])).rejects.toThrow('no room');
  expect(ended).toEqual(['a', 'b']);
});

it.each(['before', 'meanwhile'])('ends when it is told to, %s', async (when) => {
  const ended: string[] = [];
  const controller = new AbortController();
  const stop = () => controller.abort(new Error('cancelled'));
  if (when === 'before') stop();
  const all = together([waiting(ended, 'a'), waiting(ended, 'b')], controller.signal);
  stop();
  await expect(all).rejects.toThrow('cancelled');
  expect(ended).toEqual(['a', 'b']);
});

it('saves one at a time, and what has changed meanwhile at once', async () => {
  let now = 0;
  let busy = 0;
  const saved: number[] = [];
  const save = savingLatest(async () => {
    expect(++busy).toBe(1);
    const mine = now;
    await new Promise((done) => setTimeout(done, 5));
    if (mine === 4) throw new Error('no room');
    saved.push(mine);
    busy--;
  });
  now = 1;
  const first = save();
  await Promise.resolve();
  await Promise.resolve();
  const later = [2, 3].map((value) => {
    now = value;
    return save();
  });
  await Promise.all([first, ...later]);
  expect(saved).toEqual([1, 3]);
  busy = 0;
  now = 4;
  await expect(save()).rejects.toThrow('no room');
  busy = 0;
  now = 5;
  await save();
  expect(saved).toEqual([1, 3, 5]);
});
