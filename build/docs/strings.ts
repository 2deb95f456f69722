/** Every word that the documentation says by itself. A translation replaces this file, and the JSDoc of functions/. */

import type { Dim } from '../../src/gpt2/activations';

export const strings = {
  locale: 'en',
  title: 'GPT-2 in cells',
  titled: (page: string) => `${page} · GPT-2 in cells`,
  skip: 'Skip to the text',
  all: 'All formulas',
  trouble: 'Troubleshooting',
  workbench: 'Workbench',
  site: 'Documentation',
  version: (version: string, model: string) =>
    `Version ${version}. Results and messages on these pages were computed with ${model} when the pages were made.`,
  previous: 'Previous',
  next: 'Next',

  index: {
    heading: 'Formulas',
    lead: 'Every stage of GPT-2 is a formula. Type one into a cell, or insert it from the pane. Everything is computed on your device; no text and no number leaves it.',
    count: (n: number) =>
      `There are ${n}. Each has a page with its shapes, its mathematics, a computed example and its error messages.`,
    inputHeading: 'Two ways to feed a formula',
    input: [
      'The first argument of most formulas is called input. A prompt (one cell of text) or token ids (one column of whole numbers) gives the stage as the whole model computes it for that text.',
      'The stages of a block and those behind the last one also take cells: the numbers that the stage reads. Then that one stage is computed from those numbers. So you can chain stages cell by cell, overwrite a number in the middle, and watch everything after it change.',
      'One number alone is a token id. To give digits as text, put them into quotes.',
    ],
    countingHeading: 'Counting and letters',
    counting:
      'Layers, heads, positions, rows and columns of weights count from 0, as in the checkpoint. Shapes are written in letters; the numbers are those of the embedded model.',
  },

  letters: {
    letter: 'Letter',
    meaning: 'Stands for',
    here: 'Here',
    any: 'as many as the text has',
  },

  dims: {
    T: 'tokens of the prompt',
    H: 'attention heads of a block',
    V: 'tokens of the vocabulary',
    d_model: 'width of the residual stream',
    d_head: 'width of a head: d_model / H',
    d_mlp: 'width of the MLP’s hidden layer',
  } satisfies Record<Dim, string>,
  /** Letters that are no dimension of the model. */
  sizes: {
    n: 'rows of the range that you give, or texts in it',
    m: 'columns of the range that you give',
    p: 'columns of the second range, or vectors in it',
    k: 'as many as you ask for',
    rows: 'rows that you ask for',
    cols: 'columns that you ask for',
    components: 'directions that you ask for',
    merges: 'merges that the text takes',
    parameters: 'parameters whose names fit',
    keys: 'keys of the configuration',
  } as Readonly<Record<string, string>>,

  page: {
    shows: 'What it gives',
    shape: 'Shape',
    oneCell: 'one cell',
    shapeInExample: (letters: string, numbers: string) => `${letters}; in the example below ${numbers}`,
    activation: 'Activation',
    ofOneHead: 'a formula shows one head of it',
    ofOnePosition: 'a formula shows one position of it, as a column',
    weights: 'Weights',
    math: 'Mathematics',
    parameters: 'Parameters',
    noParameters: 'It takes no arguments.',
    optional: 'optional',
    required: 'required',
    range: 'a range or one cell',
    one: 'one value',
    value: 'Value',
    meaning: 'Meaning',
    example: 'Example',
    exampleCaption: 'Computed by the embedded model.',
    rounded: 'Decimals are rounded here; the cells have all digits of float32.',
    heads: 'Grey headings are no part of the result.',
    part: (rows: string, columns: string) => `Shown: ${rows} and ${columns}.`,
    someRows: (some: number, all: number) => (some < all ? `the first ${some} of ${all} rows` : rowsOf(all)),
    someColumns: (some: number, all: number) =>
      some < all ? `the first ${some} of ${all} columns` : columnsOf(all),
    result: (formula: string) => `Result of ${formula}`,
    streaming: 'Its cell changes while it works; this is what it shows in the end.',
    errors: 'Errors',
    errorsLead: 'What it answers to arguments that it cannot take, with the embedded model open:',
    noErrors: 'With a model open there is nothing that it refuses.',
    moreErrors: 'What to do when a cell shows an error without such a sentence:',
    formula: 'Formula',
    shown: 'Cell',
    sentence: 'Message',
    neighbours: 'Neighbours',
    before: 'Fed by',
    after: 'Feeds',
    alike: 'Alike',
  },
} as const;

const rowsOf = (n: number) => (n === 1 ? 'the one row' : `all ${n} rows`);
const columnsOf = (n: number) => (n === 1 ? 'the one column' : `all ${n} columns`);
