import { expect, it } from 'vitest';
import { Shared } from '../../src/rpc/shared';

/** Something that is asked for numbers and answers when told; undefined keys are of negative ones. */
function slow() {
  const asked: { n: number; signal: AbortSignal; answer(out: object): void; fail(error: Error): void }[] = [];
  const shared = new Shared<number, object>(
    (n) => (n < 0 ? undefined : String(n)),
    (n, signal) =>
      new Promise((answer, fail) => {
        asked.push({ n, signal, answer, fail });
        signal.addEventListener('abort', () => fail(signal.reason));
      }),
  );
  return { shared, asked };
}

it('asks once for what several want, and gives all of them the same', async () => {
  const { shared, asked } = slow();
  const all = [shared.get(1), shared.get(1, new AbortController().signal), shared.get(2), shared.get(1)];
  expect(asked.map(({ n }) => n)).toEqual([1, 2]);
  const [one, two] = [{}, {}];
  asked[0]?.answer(one);
  asked[1]?.answer(two);
  const [a, b, c, d] = await Promise.all(all);
  expect([a === one, b === one, c === two, d === one]).toEqual([true, true, true, true]);
});

it('asks again when the answer has been given, or has failed', async () => {
  const { shared, asked } = slow();
  const both = Promise.allSettled([shared.get(1), shared.get(1)]);
  asked[0]?.fail(new Error('The worker is gone.'));
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  void shared.get(1);
  expect(asked).toHaveLength(2);
});

it('asks each time for what has no key', () => {
  const { shared, asked } = slow();
  void shared.get(-1);
  void shared.get(-1);
  expect(asked).toHaveLength(2);
});

it('goes on while anybody waits, and ends with the last', async () => {
  const { shared, asked } = slow();
  const [first, second] = [new AbortController(), new AbortController()];
  const left = Promise.allSettled([shared.get(1, first.signal), shared.get(1, second.signal)]);
  first.abort(new Error('The first cell was emptied.'));
  expect(asked[0]?.signal.aborted).toBe(false);
  second.abort(new Error('The second, too.'));
  expect(asked[0]?.signal.aborted).toBe(true);
  const reasons = (await left).map((one) => (one as PromiseRejectedResult).reason.message);
  expect(reasons).toEqual(['The first cell was emptied.', 'The second, too.']);
  void shared.get(1); // what was given up is nobody's answer
  expect(asked).toHaveLength(2);
});

it('does not end for whoever waits without a signal', async () => {
  const { shared, asked } = slow();
  const controller = new AbortController();
  const [kept, left] = [shared.get(1), shared.get(1, controller.signal)];
  controller.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  expect(asked[0]?.signal.aborted).toBe(false);
  asked[0]?.answer({});
  await kept;
});

it('can forget what is on its way: whoever comes later asks anew', async () => {
  const { shared, asked } = slow();
  const before = shared.get(1);
  shared.forget();
  const after = shared.get(1);
  expect(asked).toHaveLength(2);
  const [old, fresh] = [{}, {}];
  asked[1]?.answer(fresh);
  asked[0]?.answer(old);
  expect([(await before) === old, (await after) === fresh]).toEqual([true, true]);
});

it('refuses whoever has given up already', async () => {
  const { shared, asked } = slow();
  await expect(shared.get(1, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  expect(asked).toHaveLength(0);
});
