import type { Config } from '../gpt2/config';
import { parameterShapes } from '../gpt2/parameters';
import type { MemoryNeed } from './api';

const FLOAT32 = 4;

const product = (shape: readonly number[]) => shape.reduce((all, n) => all * n, 1);

/** Numbers that training found; a tied head counts once. */
export function parameterCount(config: Config, tied = true): number {
  let count = 0;
  for (const shape of parameterShapes(config, tied).values()) count += product(shape);
  return count;
}

/** What a model takes in float32, for one prompt as long as its context. */
export function memoryNeed(config: Config, tied = true): MemoryNeed {
  const { n_layer, n_head, n_embd, n_inner, n_positions: T } = config;
  const weights = FLOAT32 * parameterCount(config, tied);
  const largest = FLOAT32 * Math.max(...[...parameterShapes(config, tied).values()].map(product));
  const cache = FLOAT32 * 2 * n_layer * T * n_embd;
  // Scores and pattern [H, T, T] at once, or the MLP before and after GELU [T, d_mlp]; beside it the stream and q, k, v.
  const attention = 2 * n_head * T * T;
  const mlp = 2 * T * n_inner;
  const activations = FLOAT32 * (Math.max(attention, mlp) + 5 * T * n_embd);
  return { weights, largest, cache, activations, total: weights + cache + activations };
}

/** The largest parameter of a block: what WebGPU must take in one piece, for wte and the head are split by rows. */
export function largestInBlock({ n_embd, n_inner }: Config): number {
  return FLOAT32 * n_embd * Math.max(3 * n_embd, n_inner);
}

/** wte and wpe. */
export const embeddingBytes = ({ vocab_size, n_positions, n_embd }: Config): number =>
  FLOAT32 * n_embd * (vocab_size + n_positions);
