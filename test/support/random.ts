import type { Config } from '../../src/gpt2/config';
import { parameterShapes } from '../../src/gpt2/parameters';
import type { Model } from '../../src/gpt2/reference';
import { weightsOf } from '../../src/gpt2/weights';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `n` token ids of a model's vocabulary. */
export function randomIds({ vocab_size }: Config, n: number, seed: number): number[] {
  const next = randomNumbers(seed);
  return Array.from({ length: n }, () => Math.floor(next() * vocab_size));
}

/** A small config, with whatever is given in place of the defaults. */
export const smallConfig = (given: Partial<Config> = {}): Config => {
  const n_embd = given.n_embd ?? 24;
  return {
    n_layer: 2,
    n_head: 3,
    n_embd,
    n_inner: 4 * n_embd,
    n_positions: 16,
    vocab_size: 50,
    layer_norm_epsilon: 1e-5,
    ...given,
  };
};

/**
 * A model of random numbers. Matrices are scaled by their width rather than by GPT-2's 0.02, so that attention is far
 * from uniform and every activation has a size worth comparing.
 */
export function randomModel(config: Config, seed: number, tied = true): Model {
  const next = randomNumbers(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const arrays = new Map<string, Float32Array>();
  for (const [name, shape] of parameterShapes(config, tied)) {
    const [middle, spread] = spreadOf(name, shape);
    const length = shape.reduce((product, n) => product * n, 1);
    arrays.set(
      name,
      Float32Array.from({ length }, () => middle + spread * normal()),
    );
  }
  return { config, weights: weightsOf(config, arrays) };
}

/** The middle and the spread of the random numbers of one parameter. */
export function spreadOf(name: string, shape: readonly number[]): [middle: number, spread: number] {
  if (/ln_.*weight/.test(name)) return [1, 0.2];
  if (name.endsWith('.bias')) return [0, 0.1];
  if (name.startsWith('wte') || name.startsWith('wpe') || name.startsWith('lm_head')) return [0, 0.5];
  return [0, 1.5 / Math.sqrt(shape[0] as number)];
}
