import { cosines, unitRows } from '../algebra/cosine';
import { parameterShapes } from '../gpt2/parameters';
import type { Model } from '../gpt2/reference';
import { largest } from '../gpt2/sampling';
import type { Tensor } from '../gpt2/tensor';
import type { Neighbours, ParameterInfo, Slice } from '../rpc/protocol';

/** Every parameter of a model, in the order of the checkpoint. */
export const parametersOf = ({ config, weights }: Model): ParameterInfo[] =>
  [...parameterShapes(config, weights.tied)].map(([name, shape]) => ({ name, shape }));

/**
 * A part of a parameter → [rows, cols]. `lm_head.weight` may be asked for of every model: a tied head is the token embedding.
 * @throws ModelError naming a parameter that there is not
 */
export function slice(model: Model, name: string, { row, col, rows, cols }: Slice): Tensor {
  const all = model.weights.get(name);
  // As if the head were not tied: whatever the weights have given out by its name has a shape among these.
  const width = parameterShapes(model.config, false).get(name)?.at(-1) as number;
  const data = new Float32Array(rows * cols);
  for (let r = 0; r < rows; r++) {
    const at = (row + r) * width + col;
    data.set(all.subarray(at, at + cols), r * cols);
  }
  return { dims: [rows, cols], data };
}

/** The k rows of wte [V, d_model] nearest to a vector [d_model] by their angle, without some ids. */
export function nearest(
  { weights }: Model,
  vector: Float64Array,
  k: number,
  without: readonly number[],
): Neighbours {
  const similar = cosines(unitRows(vector, vector.length), weights.get('wte.weight')); // [V]
  for (const id of without) similar[id] = Number.NEGATIVE_INFINITY;
  const ids = largest(similar, k);
  return { ids, similarities: ids.map((id) => similar[id] as number) };
}
