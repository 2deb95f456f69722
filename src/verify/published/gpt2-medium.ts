import type { Published } from '../values';

/** Published values of gpt2-medium, the checkpoint with 355 million parameters. */
export const gpt2Medium: Published = {
  continuations: [
    { prompt: { text: 'Hello.' }, continuation: " I'm a little late to the party, but", source: 'tinygrad' },
    {
      prompt: { text: 'What is the answer to life, the universe, and everything?' },
      continuation: '\n\nThe answer is that we are all one',
      source: 'tinygrad',
    },
  ],
};
