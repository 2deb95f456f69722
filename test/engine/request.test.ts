import { describe, expect, it } from 'vitest';
import { PendingWant, Request, slice } from '../../src/engine/request';
import { smallConfig } from '../support/random';

const config = smallConfig({ vocab_size: 2 });
const values = Float32Array.from({ length: 12 }, (_, i) => i); // [2, 3, 2]

describe('slices', () => {
  it.each([
    [{}, [2, 3, 2], [...values]],
    [{ head: 1 }, [3, 2], [6, 7, 8, 9, 10, 11]],
    [{ position: 2 }, [2, 2], [4, 5, 10, 11]],
    [{ head: 1, position: 0 }, [2], [6, 7]],
  ])('of %o have dims %o', (part, dims, data) => {
    expect(slice(values, [2, 3, 2], { name: 'z', layer: 0, ...part })).toEqual({
      dims,
      data: Float32Array.from(data),
    });
  });
});

describe('logits', () => {
  it('come together row by row, in any order', () => {
    const pending = new PendingWant({ name: 'logits' }, config, 3);
    for (const row of [2, 0, 0, 1]) {
      expect(pending.answer).toBeUndefined();
      pending.takeRow(row, Float32Array.of(row, -row));
    }
    expect(pending.answer).toEqual({ dims: [3, 2], data: Float32Array.of(0, -0, 1, -1, 2, -2) });
  });
});

describe('a request', () => {
  it('resolves when all its wants have an answer', async () => {
    const wants = [
      new PendingWant({ name: 'embed' }, config, 1),
      new PendingWant({ name: 'pos_embed' }, config, 1),
    ];
    const request = new Request(wants);
    expect(request.finish()).toBe(false);
    for (const want of wants) want.take(new Float32Array(24));
    expect(request.finish()).toBe(true);
    expect(await request.promise).toHaveLength(2);
  });

  it('is settled once', async () => {
    const controller = new AbortController();
    const request = new Request([], controller.signal);
    request.finish();
    controller.abort();
    request.fail(new Error('late'));
    expect(await request.promise).toEqual([]);
  });
});
