import { parameterShapes } from '../../src/gpt2/parameters';
import type { Model } from '../../src/gpt2/reference';
import type { WeightSource } from '../../src/gpt2/weights';

/**
 * A model's checkpoint that reads as a disk does: into a new array each time.
 * @param heard takes the name of what is read, and of which rows
 */
export function sourceOf(
  { config, weights }: Model,
  heard: (name: string, rows?: string) => void = () => {},
): WeightSource {
  const shapes = parameterShapes(config, weights.tied);
  return {
    names: weights.names,
    shape: async (name) => shapes.get(name) as readonly number[],
    here: async () => {},
    read: async (name) => {
      heard(name);
      return weights.get(name).slice();
    },
    readRows: async (name, from, to) => {
      heard(name, `${from} to ${to}`);
      const width = (shapes.get(name) as readonly number[])[1] as number;
      return weights.get(name).slice(from * width, to * width);
    },
  };
}
