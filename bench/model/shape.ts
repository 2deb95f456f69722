import type { Config } from '../../src/gpt2/config';
import { SHAPES } from '../../src/gpt2/shapes';

/** The exact shape of GPT-2's 124 million parameters. */
export const GPT2: Config = SHAPES.gpt2;

/** The same with two layers, to try the bench itself in a moment. */
export const TINY: Config = { ...GPT2, n_layer: 2, n_head: 4, n_embd: 64, n_inner: 256, n_positions: 1024 };

/** Numbers in the blocks' matrices and the head, [of them all], each read once for one token. */
export function weightsPerToken(config: Config): number {
  const { n_layer, n_embd: d, n_inner, vocab_size } = config;
  return n_layer * (4 * d * d + 2 * d * n_inner) + vocab_size * d;
}

/**
 * Floating-point operations for `rows` new positions behind `past` ones, with the logits of the last: of the others the last block needs
 * keys and values alone.
 */
export function operations(config: Config, rows: number, past = 0): number {
  const { n_layer, n_embd: d, n_inner, vocab_size } = config;
  const matrices = 2 * (4 * d * d + 2 * d * n_inner);
  const keys = 2 * 2 * d * d;
  // Each position looks at itself and at all before it: scores, and the values they weigh.
  const looks = rows * past + (rows * (rows + 1)) / 2;
  const whole = rows * matrices + 4 * looks * d;
  const last = matrices + (rows - 1) * keys + 4 * (past + rows) * d;
  return (n_layer - 1) * whole + last + 2 * vocab_size * d;
}
