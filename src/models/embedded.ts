/** The model that comes with the add-in: the folder beside the page that holds it. */
export const EMBEDDED = {
  name: 'gpt2-tiny-stories',
  path: 'models/gpt2-tiny-stories',
  config: {
    n_layer: 4,
    n_head: 4,
    n_embd: 96,
    n_inner: 384,
    n_positions: 128,
    vocab_size: 1536,
    layer_norm_epsilon: 1e-5,
  },
} as const;
