import { expect, it } from 'vitest';
import { causalMask } from '../../../src/engine/backends/mask';

it('lets each position look at itself and what came before', () => {
  expect([...causalMask(3)]).toEqual([1, 0, 0, 1, 1, 0, 1, 1, 1]);
  expect([...causalMask(1)]).toEqual([1]);
  expect(causalMask(3)).toBe(causalMask(3));
});
