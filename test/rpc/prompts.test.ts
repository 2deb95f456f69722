import { expect, it } from 'vitest';
import { promptsOf } from '../../src/rpc/prompts';
import type { ReadRequest } from '../../src/rpc/protocol';

const asking = (...from: unknown[]): ReadRequest[] =>
  from.map((one) => ({ from: one as ReadRequest['from'], wants: [{ name: 'embed' }] }));
/** Which of them go together, by their places. */
const groups = (...from: unknown[]) => {
  const keys = promptsOf(asking(...from));
  return [...new Set(keys)].map((key) => keys.flatMap((one, i) => (one === key ? [i] : [])));
};

it('tells one prompt from another', () => {
  expect(groups({ text: 'a' }, { text: 'b' }, { text: 'a' })).toEqual([[0, 2], [1]]);
  expect(groups({ ids: [1, 2] }, { ids: [12] }, { ids: [1, 2] })).toEqual([[0, 2], [1]]);
});

it('keeps all together where texts may be the same prompts as ids', () => {
  expect(groups({ text: 'a' }, { ids: [1] }, { text: 'b' })).toEqual([[0, 1, 2]]);
});

it('keeps what goes on from cells by itself', () => {
  expect(groups({ text: 'a' }, { start: {} }, { text: 'b' }, { start: {} })).toEqual([[0], [1, 3], [2]]);
});
