import { facts } from '../facts';
import type { Lesson } from '../lesson';
import { exercise, fillIn, given, grid, predict, show, source, text } from '../parts';
import { PROMPT, TOKENS } from '../prompt';

export const layerNorm: Lesson = {
  number: 4,
  title: 'Layer norm',
  goal: 'do a LayerNorm by hand, and say what it takes away and what it keeps.',
  minutes: 25,
  steps: ({ config: { n_embd, n_layer } }) => {
    const layer = Math.min(2, n_layer - 1);
    const last = `INDEX(GPT2.RESID([prompt],${layer}),${TOKENS},0)`;
    /** By how much the normalised last row differs from that of another, at the most, in words. */
    const differs = (other: string) => {
      const most = `MAX(ABS(GPT2.NORMALIZE(${other})-GPT2.NORMALIZE(${last})))`;
      return `IF(${most}<0.001,"by less than 0.001",${most})`;
    };
    return [
      {
        title: 'Rows of different lengths',
        parts: [
          text(
            `Each token has its row of ${n_embd} numbers. As it goes through the blocks, more and more is added to it. Here are the rows as they reach block ${layer}.`,
          ),
          given('prompt', 'Text', PROMPT),
          show({
            key: 'x',
            formula: `=GPT2.RESID([prompt],${layer})`,
            sides: '=GPT2.TOKENS([prompt])',
            rows: TOKENS,
            columns: n_embd,
            shade: 'diverging',
          }),
          text('The length of a row is the square root of the sum of its squares.'),
          grid({
            key: 'lengths',
            sides: '=GPT2.TOKENS([prompt])',
            heads: ['length'],
            cells: Array.from({ length: TOKENS }, (_, i) => [`=SQRT(SUMSQ([x@${i}]))`]),
          }),
          predict({
            key: 'ratio',
            question:
              'A layer that follows must work with all of these rows. How many times is the longest as long as the shortest?',
            answer: 'ROUND(MAX([lengths])/MIN([lengths]),1)&" times"',
            why: 'Without a common measure, weights that suit one row would be far too strong or too weak for another.',
          }),
        ],
      },
      {
        title: 'Mean 0, variance 1',
        parts: [
          text(
            'LayerNorm takes each row by itself. It subtracts the row’s mean, and divides by the row’s standard deviation. You do it for the last row, “ moves”.',
          ),
          fillIn({
            key: 'mean',
            task: 'The mean of the last row:',
            expected: `AVERAGE(${last})`,
            tolerance: 0.00001,
            hint: 'AVERAGE of [x@5].',
            solution: '=AVERAGE([x@5])',
            why: 'Over the width of the model, not over the tokens.',
          }),
          fillIn({
            key: 'variance',
            task: 'Its variance:',
            expected: `VAR.P(${last})`,
            tolerance: 0.00001,
            hint: 'VAR.P, with P: these numbers are all there are, not a sample.',
            solution: '=VAR.P([x@5])',
            why: 'VAR.S divides by one less and is slightly too large.',
          }),
          fillIn({
            key: 'unit',
            task: 'The row, normalised: minus the mean, divided by the square root of the variance plus 0.00001, as in GPT-2.',
            rows: 1,
            columns: n_embd,
            expected: `GPT2.NORMALIZE(${last})`,
            hint: '([x@5] minus the mean) / SQRT(variance + 0.00001).',
            solution: '=([x@5]-[mean])/SQRT([variance]+0.00001)',
            why: 'The 0.00001 keeps a row of equal numbers from a division by 0.',
          }),
          source(facts.layerNorm, facts.gpt2Norms, facts.normCode),
        ],
      },
      {
        title: 'What is lost, and what is not',
        parts: [
          predict({
            key: 'ten',
            question:
              'Multiply the whole row by 10 first. How much does the normalised row change, at the most?',
            answer: differs(`10*${last}`),
            why: 'Practically not at all: the length is what LayerNorm takes away. The direction stays.',
          }),
          predict({
            key: 'plus',
            question: 'And if you add 10 to every number of the row?',
            answer: differs(`${last}+10`),
            why: 'Not at all either: the mean is taken away as well.',
          }),
        ],
      },
      {
        title: 'Gain and bias',
        parts: [
          text(
            'Then each column gets a factor of its own, the gain, and a number added, the bias. Both were learnt: the model may make some directions louder again.',
          ),
          show({
            key: 'gain',
            formula: `=GPT2.WEIGHT("h.${layer}.ln_1.weight")`,
            sides: ['gain'],
            rows: 1,
            columns: n_embd,
          }),
          show({
            key: 'bias',
            formula: `=GPT2.WEIGHT("h.${layer}.ln_1.bias")`,
            sides: ['bias'],
            rows: 1,
            columns: n_embd,
          }),
          exercise({
            key: 'done',
            task: `Finish the LayerNorm of block ${layer}, and compare with the model’s own.`,
            rows: 1,
            columns: n_embd,
            expected: `INDEX(GPT2.LAYERNORM([prompt],${layer}),${TOKENS},0)`,
            hint: 'Your normalised row, times the gain, plus the bias.',
            solution: '=[unit]*[gain]+[bias]',
            why: 'The same as the last row of GPT2.LAYERNORM, to the last digits of float32.',
          }),
        ],
      },
    ];
  },
  notes: {
    pace: '5 for lengths, 10 for the normalisation, 5 for the predictions, 5 for gain and bias.',
    misconceptions: [
      'LayerNorm is done to each token’s row, not over the batch and not over the text.',
      'It does not change the stream: a block reads the normalised rows, but adds its result to the rows as they were.',
      'It is not softmax. Numbers may be negative, and they do not add up to 1.',
    ],
    ask: [
      'Which everyday measures are like this? (Marks on a curve, z-scores.)',
      'Why before the attention and not behind it? (So that the stream itself stays as it is.)',
    ],
  },
};
