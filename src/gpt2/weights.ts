import type { Config } from './config';
import { ModelError } from './errors';
import { parameterShapes } from './parameters';
import { openSafetensors, readTensor } from './safetensors';

/** All parameters of a model, float32, by their checkpoint names without the `transformer.` prefix. */
export interface Weights {
  get(name: string): Float32Array;
  readonly names: readonly string[];
  /** Whether the output head is the token embedding, as in every published GPT-2. */
  readonly tied: boolean;
}

/** A model's parameters out of named arrays, checked against the shapes that its config asks for. */
export function weightsOf(config: Config, arrays: ReadonlyMap<string, Float32Array>): Weights {
  const tied = !arrays.has('lm_head.weight');
  const shapes = parameterShapes(config, tied);
  for (const [name, shape] of shapes) {
    const length = shape.reduce((product, n) => product * n, 1);
    const found = arrays.get(name);
    if (!found)
      throw new ModelError(`The checkpoint has no parameter "${name}", which this config asks for.`);
    if (found.length !== length) {
      throw new ModelError(
        `Parameter "${name}" has ${found.length} numbers; its shape ${shape.join('×')} needs ${length}.`,
      );
    }
  }
  return {
    tied,
    names: [...shapes.keys()],
    get(name) {
      const array = arrays.get(tied && name === 'lm_head.weight' ? 'wte.weight' : name);
      if (!array || !(shapes.has(name) || name === 'lm_head.weight')) {
        throw new ModelError(`There is no parameter "${name}" in this model.`);
      }
      return array;
    },
  };
}

/**
 * Reads the parameters of a checkpoint. A `transformer.` prefix and causal-mask buffers (`attn.bias`,
 * `attn.masked_bias`) are tolerated; the head may be tied or not.
 * @throws ModelError naming the parameter that is missing or of the wrong shape
 */
export function readWeights(config: Config, bytes: Uint8Array): Weights {
  const file = openSafetensors(bytes);
  const stored = new Map([...file.tensors.keys()].map((name) => [name.replace(/^transformer\./, ''), name]));
  const saysUntied = stored.has('lm_head.weight');
  const arrays = new Map<string, Float32Array>();
  for (const [name, shape] of parameterShapes(config, !saysUntied)) {
    const key = stored.get(name);
    if (key === undefined) continue; // weightsOf names what is missing
    const found = file.tensors.get(key)?.shape ?? [];
    if (found.join() !== shape.join()) {
      throw new ModelError(
        `Parameter "${name}" is ${found.join('×')}; this config asks for ${shape.join('×')}.`,
      );
    }
    arrays.set(name, readTensor(file, key));
  }
  return weightsOf(config, arrays);
}
