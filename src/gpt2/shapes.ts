import type { Config } from './config';

/** What all of OpenAI's GPT-2 have in common. */
const gpt2 = (n_layer: number, n_head: number, n_embd: number): Config => ({
  n_layer,
  n_head,
  n_embd,
  n_inner: 4 * n_embd,
  n_positions: 1024,
  vocab_size: 50257,
  layer_norm_epsilon: 1e-5,
});

/** The shapes of the published checkpoints, by their names on the Hugging Face hub. */
export const SHAPES = {
  distilgpt2: gpt2(6, 12, 768),
  gpt2: gpt2(12, 12, 768),
  'gpt2-medium': gpt2(24, 16, 1024),
  'gpt2-large': gpt2(36, 20, 1280),
  'gpt2-xl': gpt2(48, 25, 1600),
} as const;
