import type { Values } from '../values';

const COLUMNS = [
  'LAMBADA, perplexity',
  'LAMBADA, accuracy in per cent',
  "Children's Book Test, common nouns, accuracy in per cent",
  "Children's Book Test, named entities, accuracy in per cent",
  'WikiText2, perplexity',
  'Penn Treebank, perplexity',
  'enwik8, bits per byte',
  'text8, bits per character',
  'WikiText103, perplexity',
  'One Billion Words, perplexity',
];

const scores = (values: readonly number[]): readonly Values['benchmarks'][] =>
  COLUMNS.map((name, i) => ({
    name,
    value: values[i] as number,
    source: 'Language Models are Unsupervised Multitask Learners, table 3',
  }));

/** The scores of GPT-2's paper, by checkpoint. */
export const benchmarks = {
  gpt2: scores([35.13, 45.99, 87.65, 83.4, 29.41, 65.85, 1.16, 1.17, 37.5, 75.2]),
  medium: scores([15.6, 55.48, 92.35, 87.1, 22.76, 47.33, 1.01, 1.06, 26.37, 55.72]),
  large: scores([10.87, 60.12, 93.45, 88.0, 19.93, 40.31, 0.97, 1.02, 22.05, 44.575]),
  xl: scores([8.63, 63.24, 93.3, 89.05, 18.34, 35.76, 0.93, 0.98, 17.48, 42.16]),
};
