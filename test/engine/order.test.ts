import { expect, it } from 'vitest';
import { orderOf } from '../../src/engine/order';
import { ACTIVATION_NAMES } from '../../src/gpt2/activations';
import { forward } from '../../src/gpt2/reference';
import { ids, model } from './recording';

it('grows in the order in which a forward pass makes its activations', () => {
  const orders: number[] = [];
  forward(model, ids, 'float32', (name, layer) => orders.push(orderOf(name, layer)));
  expect(orders).toEqual([...orders].sort((a, b) => a - b));
  expect(new Set(orders).size).toBe(orders.length);
  expect(orders.length).toBeGreaterThan(ACTIVATION_NAMES.length);
});
