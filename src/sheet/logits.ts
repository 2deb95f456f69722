import { largest, softmaxOf } from '../gpt2/sampling';

/** What has been found out about logits [V]: cells that ask for the same at once are given the same array, and ask much the same of it. */
const orders = new WeakMap<Float32Array, readonly number[]>();
const softmaxes = new WeakMap<Float32Array, (logit: number) => number>();

/** The ids of the k largest of them, largest first. */
export function likeliest(logits: Float32Array, k: number): readonly number[] {
  let order = orders.get(logits);
  if (!order || order.length < k) {
    order = largest(logits, k);
    orders.set(logits, order);
  }
  return order.slice(0, k);
}

/** Their softmax, for each logit that is given to it. */
export function softmax(logits: Float32Array): (logit: number) => number {
  const known = softmaxes.get(logits) ?? softmaxOf(logits);
  softmaxes.set(logits, known);
  return known;
}
