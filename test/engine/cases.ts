import type { Model } from '../../src/gpt2/reference';
import { randomIds, randomModel, smallConfig } from '../support/random';

/** A model and the prompts to try it with. */
export interface Case {
  readonly name: string;
  readonly model: Model;
  readonly prompts: readonly (readonly number[])[];
}

/** Random models of the shapes in which a back end's kernels differ: odd widths, one head, an MLP of another size. */
export function randomCases(): Case[] {
  const shapes = [
    { name: 'three heads of 8', config: smallConfig() },
    { name: 'one head, one layer', config: smallConfig({ n_head: 1, n_layer: 1 }) },
    {
      name: 'five heads of 7, vocabulary of 101, MLP of 61',
      config: smallConfig({ n_head: 5, n_embd: 35, n_inner: 61, vocab_size: 101, n_layer: 3 }),
    },
    { name: 'heads of one number', config: smallConfig({ n_head: 6, n_embd: 6, n_inner: 3, vocab_size: 7 }) },
    {
      name: 'six heads of 16',
      config: smallConfig({ n_head: 6, n_embd: 96, vocab_size: 1536, n_positions: 40 }),
    },
  ];
  return shapes.map(({ name, config }, i) => {
    const prompt = (n: number) => randomIds(config, n, 100 * i + n);
    return {
      name,
      model: randomModel(config, i + 1, i % 2 === 0), // every other one has an output head of its own
      prompts: [prompt(1), prompt(5), prompt(config.n_positions)],
    };
  });
}
