import type { Published } from '../values';

/** Published values of distilgpt2, which has half of gpt2's layers. */
export const distilgpt2: Published = {
  activations: [
    {
      prompt: { text: 'One two three four five six seven eight nine ten eleven' },
      name: 'logits',
      position: -1,
      columns: [14104],
      values: [-48.7065],
      tolerance: 0.001,
      source: 'rust-bert tests/distilgpt2.rs',
    },
  ],
  likeliest: [
    {
      prompt: { text: 'One two three four five six seven eight nine ten eleven' },
      positions: [-1],
      ids: [14104],
      source: 'rust-bert tests/distilgpt2.rs',
    },
  ],
};
