import { expect, it } from 'vitest';
import { inOrder } from '../../../workbench/grid/recalculation/order';

/** Who follows whom: `ab` says that b follows from a. */
const graph = (...edges: readonly string[]) => {
  return (node: string) => edges.filter(([from]) => from === node).map(([, to]) => to as string);
};

it('puts everything behind what it follows from, and leaves out what does not follow', () => {
  const order = inOrder(['a', 'c'], graph('ab', 'bd', 'cd', 'de', 'xa', 'cb'));
  expect([...order].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  const before = (one: string, other: string) => order.indexOf(one) < order.indexOf(other);
  for (const edge of ['ab', 'bd', 'cd', 'de', 'cb'])
    expect(before(edge[0] as string, edge[1] as string)).toBe(true);
});

it('comes to an end with circles, and with one that follows from itself', () => {
  expect(inOrder(['a'], graph('aa', 'ab', 'bc', 'ca')).length).toBe(3);
});

it('takes chains of any length', () => {
  const order = inOrder([0], (n) => (n < 100_000 ? [n + 1] : []));
  expect(order.length).toBe(100_001);
  expect(order.at(-1)).toBe(100_000);
});
