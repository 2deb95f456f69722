import { type SourceName, sources, type Work } from './sources';

/** Something that a lesson says and that others found out: in a sentence, with its figures, and where it is written. */
export interface Fact<Figures = unknown> {
  readonly says: string;
  readonly source: SourceName;
  /** Where in the source: a section, a table, a file; nothing where all of it is meant. */
  readonly place: string;
  readonly figures: Figures;
}

function fact(source: SourceName, place: string, says: string): Fact<undefined>;
function fact<const F>(source: SourceName, place: string, says: string, figures: F): Fact<F>;
function fact(source: SourceName, place: string, says: string, figures?: unknown): Fact {
  return { says, source, place, figures };
}

/** The four sizes of GPT-2, from the smallest. */
export const GPT2_NAMES = ['gpt2', 'gpt2-medium', 'gpt2-large', 'gpt2-xl'] as const;

/**
 * Every fact of the lessons that comes from elsewhere. Lessons take figures from here and cite what they use;
 * `docs/facts.md` is written from it by a test.
 */
export const facts = {
  gptShape: fact('gpt1', 'section 4.1', 'The blocks, width and heads of GPT, and the length of its texts.', {
    blocks: 12,
    width: 768,
    heads: 12,
    context: 512,
  }),
  gptTokens: fact('gpt1Release', 'config.json', 'How many tokens GPT knows.', { tokens: 40478 }),
  gptCount: fact(
    'gpt2',
    'section 3 and table 2',
    'The smallest GPT-2 is called equivalent to GPT, and counted at so many millions of parameters.',
    { millions: 117 },
  ),
  gptBooks: fact('gpt1', 'section 4.1', 'GPT read more than so many unpublished books.', { books: 7000 }),
  positions: fact(
    'gpt1',
    'sections 3.1 and 4.1',
    'Position embeddings are added to those of the tokens, and learnt.',
  ),
  output: fact(
    'gpt1',
    'section 3.1',
    'The last row, times the embedding of each token, goes through softmax.',
  ),

  gpt2Shapes: fact(
    'gpt2',
    'table 2',
    'Blocks, width and millions of parameters of the four sizes of GPT-2.',
    {
      blocks: [12, 24, 36, 48],
      width: [768, 1024, 1280, 1600],
      millions: [117, 345, 762, 1542],
    },
  ),
  gpt2Heads: fact('gpt2Release', 'config.json', 'The heads in each block of the four sizes of GPT-2.', {
    heads: [12, 16, 20, 25],
  }),
  gpt2Text: fact('gpt2', 'section 2.3', 'The context of GPT-2, and how many tokens it knows.', {
    context: 1024,
    tokens: 50257,
  }),
  gpt2Norms: fact(
    'gpt2',
    'section 2.3',
    'LayerNorm stands before attention and before the MLP, and, other than in GPT, once more behind the last block.',
  ),
  gpt2Sizes: fact(
    'gpt2',
    'section 3 and figure 4',
    'The four sizes were chosen to lie evenly on a logarithmic scale; the larger, the better it did.',
  ),
  gpt2Recount: fact('gpt2Code', 'README.md', 'The counts of parameters in the paper of GPT-2 were wrong.'),
  gpt2Date: fact('gpt2Code', 'model_card.md', 'GPT-2 is of February 2019.'),
  webText: fact(
    'gpt2',
    'section 2.1',
    'WebText: so many million pages that people had linked to on Reddit, so many gigabytes of text.',
    { millionPages: 8, gigabytes: 40 },
  ),
  byteLevel: fact('gpt2', 'section 2.2', 'GPT-2 begins with bytes, of which there are so many.', {
    bytes: 256,
  }),
  gpt2Merges: fact(
    'tokenizers',
    'Byte-level BPE',
    'GPT-2’s tokens are the bytes, those that so many merges make, and one for the end of a text.',
    { bytes: 256, merges: 50000 },
  ),
  normCode: fact('gpt2Code', 'src/model.py', 'GPT-2 adds this to the variance before it divides.', {
    epsilon: 0.00001,
  }),
  maskCode: fact(
    'gpt2Code',
    'src/model.py',
    'GPT-2 gives the scores of tokens that come later this number, with a minus.',
    {
      mask: 10_000_000_000,
    },
  ),
  geluCode: fact('gpt2Code', 'src/model.py', 'GPT-2 computes GELU in its tanh form.'),
  temperatureCode: fact('gpt2Code', 'src/sample.py', 'GPT-2’s logits are divided by the temperature.'),
  cbtTask: fact('gpt2', 'section 3.2', 'The model scores the sentence with each of ten choices in the gap.', {
    choices: 10,
  }),
  cbtScores: fact(
    'gpt2',
    'table 3',
    'Per cent right in the Children’s Book Test, of the four sizes of GPT-2.',
    {
      nouns: [87.65, 92.35, 93.45, 93.3],
      names: [83.4, 87.1, 88, 89.05],
    },
  ),
  tldr: fact(
    'gpt2',
    'section 3.6',
    'GPT-2 summarises articles behind “TL;DR:”, in so many tokens, each drawn from so many likeliest.',
    { tokens: 100, likeliest: 2 },
  ),
  translation: fact(
    'gpt2',
    'section 3.7',
    'GPT-2 translates when its prompt has pairs of sentences as examples.',
  ),

  shots: fact(
    'gpt3',
    'figure 2.1',
    'Zero-shot, one-shot and few-shot; the prompt also describes the task; no weight changes.',
  ),
  gpt3Shapes: fact(
    'gpt3',
    'table 2.1',
    'Blocks, width, heads and millions of parameters of three of GPT-3’s eight sizes.',
    {
      small: { blocks: 12, width: 768, heads: 12, millions: 125 },
      middle: { blocks: 32, width: 4096, heads: 32, millions: 6700 },
      largest: { blocks: 96, width: 12288, heads: 96, millions: 175000 },
    },
  ),
  gpt3Text: fact('gpt3', 'section 2.1', 'The context of GPT-3. Its tokens are GPT-2’s.', { context: 2048 }),
  gpt3Blocks: fact(
    'gpt3',
    'section 2.1',
    'GPT-3’s blocks are those of GPT-2, but for sparse attention in some.',
  ),
  gpt3Date: fact('gpt3Code', 'model-card.md', 'GPT-3 is of May 2020.'),
  gpt3Data: fact(
    'gpt3',
    'table 2.2',
    'What GPT-3 read: billions of tokens, per cent of what it saw, and how often it saw each.',
    {
      names: ['Common Crawl', 'WebText2', 'Books1', 'Books2', 'Wikipedia'],
      billions: [410, 19, 12, 55, 3],
      percent: [60, 22, 8, 8, 3],
      times: [0.44, 2.9, 1.9, 0.43, 3.4],
      billionsSeen: 300,
    },
  ),
  gpt3Compute: fact(
    'gpt3',
    'table D.1',
    'What training the largest GPT-3 took: operations, and petaflop/s-days.',
    {
      operations: 3.14e23,
      days: 3640,
    },
  ),
  gpt3Operations: fact('gpt3', 'table D.1', 'Operations for each parameter and token: forward, and in all.', {
    forward: 2,
    all: 6,
  }),
  sixOperations: fact(
    'compute',
    'section 2.1',
    'Training takes about so many operations for each parameter and token.',
    {
      all: 6,
    },
  ),

  bpe: fact(
    'bpe',
    'section 3.2',
    'The pair that is most frequent in the text becomes one symbol, over and over.',
  ),
  analogies: fact('analogies', 'abstract', 'king − man + woman is very close to queen.'),
  analogyIssues: fact(
    'analogyIssues',
    'section 4',
    'When the words of the question are not left out, the nearest is one of them, in so many cases of 100.',
    { given: 98 },
  ),
  attention: fact(
    'transformer',
    'section 3.2.1',
    'Scores are divided by the square root of the width, lest they grow with it.',
  ),
  mask: fact('transformer', 'section 3.2.3', 'Scores of what comes later are masked before the softmax.'),
  layerNorm: fact(
    'layerNorm',
    'section 3',
    'Each row is brought to mean 0 and variance 1, then times a gain, plus a bias.',
  ),
  gelu: fact('gelu', 'section 2', 'GELU, and its tanh form.', { cubic: 0.044715 }),
  stream: fact(
    'circuits',
    'Virtual Weights and the Residual Stream',
    'Blocks add to a stream that all of them read.',
  ),
  twoLayers: fact(
    'circuits',
    'Summary of Results',
    'Attention of one layer has no induction heads; two layers can have them.',
  ),
  induction: fact(
    'induction',
    'Key Concepts',
    'Induction heads look for what followed the last time, and copy it: so they are found, on random tokens said twice.',
  ),
  previousTokenHeads: fact(
    'ioi',
    'section 3',
    'The previous-token heads of GPT-2 small, by block and head.',
    {
      heads: [
        [2, 2],
        [4, 11],
      ],
    },
  ),
  inductionHeads: fact('ioi', 'section 3', 'The chief induction heads of GPT-2 small, by block and head.', {
    heads: [
      [5, 5],
      [6, 9],
    ],
  }),
  lens: fact(
    'lens',
    '',
    'The stream between blocks, read with the last LayerNorm and the embedding: the logit lens.',
  ),
  degeneration: fact(
    'degeneration',
    'abstract',
    'Text that is always the likeliest becomes bland and repeats itself.',
  ),
  humanText: fact(
    'degeneration',
    'section 4.3 and figure 2',
    'What people write is again and again less likely than what a model would write.',
  ),
  cbt: fact('cbt', 'abstract', 'The Children’s Book Test.'),
  order: fact(
    'order',
    'abstract',
    'Which order examples stand in can decide between nearly the best result and guessing.',
  ),

  tinyTokens: fact('card', 'the beginning', 'How many tokens the built-in model knows.', { tokens: 1536 }),
  tinyHeads: fact(
    'card',
    'Heads',
    'The previous-token head and the induction heads of the built-in model, by block and head.',
    {
      previous: [[0, 1]],
      induction: [
        [1, 3],
        [1, 1],
        [1, 0],
      ],
    },
  ),
  tinyText: fact('card', 'Text', 'What the built-in model read was written by a grammar.'),
  tinyTraining: fact('card', 'Origin', 'How the built-in model was trained.', { minutes: 45, cores: 2 }),
} as const;

/** A work with the places in it that some facts are from. */
export interface Citation extends Work {
  readonly places: readonly string[];
}

/** What these facts are from: each work once, in the order in which it comes up. */
export function citationsOf(cited: readonly Fact[]): readonly Citation[] {
  const names = [...new Set(cited.map(({ source }) => source))];
  return names.map((name) => ({
    ...sources[name],
    places: [...new Set(cited.flatMap(({ source, place }) => (source === name && place ? [place] : [])))],
  }));
}
