import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { End } from '../src/end';

const never = new Promise<never>(() => {});

describe('an end', () => {
  it('lets answers and failures through that come before it', async () => {
    const end = new End();
    await expect(end.before(Promise.resolve(7))).resolves.toBe(7);
    await expect(end.before(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('is told to all who wait, and to whoever comes later', async () => {
    const end = new End();
    const waiting = [end.before(never), end.before(never)];
    end.come(new Error('the worker stopped'));
    end.come(new Error('again'));
    for (const wait of [...waiting, end.before(never), end.before(Promise.resolve(7))])
      await expect(wait).rejects.toThrow('the worker stopped');
  });

  it('keeps nothing of what has been answered', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const end = new End();
    const answers: WeakRef<object>[] = [];
    for (let i = 0; i < 20; i++) {
      const answer = {};
      answers.push(new WeakRef(answer));
      await end.before(Promise.resolve(answer));
    }
    await new Promise((resolve) => setTimeout(resolve));
    collect();
    // What the last turns of the loop have left on the stack may still be there.
    expect(answers.filter((answer) => answer.deref()).length).toBeLessThan(3);
    end.come(new Error('the worker stopped'));
  });
});
