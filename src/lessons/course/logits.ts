import { facts } from '../facts';
import type { Lesson } from '../lesson';
import { chart, exercise, fillIn, given, input, predict, show, source, text } from '../parts';
import { PROMPT, TOKENS } from '../prompt';

const LISTED = 8;
/** The logits of the listed tokens, in a row. Not by their cells: those may still be empty when this is calculated. */
const LOGITS = `TRANSPOSE(INDEX(GPT2.TOP([open],${LISTED}),SEQUENCE(${LISTED}),3))`;

export const logits: Lesson = {
  number: 9,
  title: 'Logits and temperature',
  goal: 'turn scores into probabilities by hand, and say what temperature does to them.',
  minutes: 30,
  steps: ({ config: { n_embd, vocab_size }, kind }) => [
    {
      title: 'A score for every token',
      parts: [
        text(
          `Behind the last block and the last LayerNorm stands a row of ${n_embd} numbers. It is compared with the embedding of each of the ${vocab_size.toLocaleString('en')} tokens: multiplied number by number and added up. The result is the token’s logit.`,
        ),
        given('prompt', 'Text', PROMPT),
        show({
          key: 'final',
          formula: `=INDEX(GPT2.FINAL([prompt]),${TOKENS},0)`,
          sides: ['last row'],
          rows: 1,
          columns: n_embd,
          shade: 'diverging',
        }),
        given('token', 'Token', ' quickly'),
        show({
          key: 'row',
          formula: '=GPT2.EMBED([token])',
          sides: ['its embedding'],
          rows: 1,
          columns: n_embd,
          shade: 'diverging',
        }),
        fillIn({
          key: 'logit',
          task: 'Compute the logit of “ quickly”.',
          expected: 'GPT2.LOGITS([prompt],-1,[token])',
          tolerance: 0.01,
          hint: 'SUMPRODUCT of the two rows above.',
          solution: '=SUMPRODUCT([final],[row])',
          why: 'The table that turned ids into rows at the start turns rows into scores at the end.',
        }),
      ],
    },
    {
      title: 'Softmax: scores become probabilities',
      parts: [
        text(
          'EXP makes each logit positive; divided by the sum, they add up to 1. To see it by hand we take only the eight likeliest tokens. A temperature divides the logits first.',
        ),
        given('open', 'Text', 'Once there was a'),
        show({
          key: 'top',
          formula: `=GPT2.TOP([open],${LISTED})`,
          heads: ['token', 'p of all', 'logit', 'id'],
          rows: LISTED,
          columns: 4,
          look: ['token', 'probability', 'logit', 'id'],
        }),
        input('t', 'Temperature', 1),
        exercise({
          key: 'p',
          task: 'The softmax of the eight logits at this temperature, in one formula.',
          rows: LISTED,
          columns: 1,
          sides: `=INDEX(GPT2.TOP([open],${LISTED}),SEQUENCE(${LISTED}),1)`,
          shade: 'sequential',
          expected: `TRANSPOSE(GPT2.SOFTMAX(${LOGITS},[t]))`,
          hint: 'EXP(logits/temperature), divided by the SUM of the same.',
          solution: '=EXP([top@,2]/[t])/SUM(EXP([top@,2]/[t]))',
          why: 'A little more than in the table, for the other tokens are left out.',
        }),
        chart({
          chart: 'columns',
          title: 'Your probabilities at this temperature',
          categories: '[pNames]',
          series: [{ name: 'probability', values: '[p]' }],
        }),
        text('Now change the temperature: 0.2, 1, 2, 10. Watch the column and the chart.'),
      ],
    },
    {
      title: 'What temperature does',
      parts: [
        predict({
          key: 'cold',
          question:
            'At temperature 0.2: is the probability of the likeliest of the eight larger or smaller than at 1?',
          answer: `"At 0.2: "&TEXT(MAX(GPT2.SOFTMAX(${LOGITS},0.2)),"0%")&", at 1: "&TEXT(MAX(GPT2.SOFTMAX(${LOGITS})),"0%")`,
          why: 'Larger. A small temperature stretches the differences: the favourite takes nearly all.',
        }),
        predict({
          key: 'hot',
          question: 'And at 100? To what number does it go?',
          answer: `"At 100: "&TEXT(MAX(GPT2.SOFTMAX(${LOGITS},100)),"0.0%")&". One of eight would be 12.5%."`,
          why: 'To one eighth. A high temperature makes all tokens alike.',
        }),
        predict({
          key: 'shift',
          question: 'Add 100 to every logit. What happens to the probabilities?',
          answer: `IF(MAX(ABS(GPT2.SOFTMAX(${LOGITS}+100)-GPT2.SOFTMAX(${LOGITS})))<0.000001,"Nothing.","They change.")`,
          why: 'Nothing: the factor EXP(100) stands above and below the line. Only differences between logits count.',
        }),
        exercise({
          key: 'odds',
          task: 'How many times as likely is the first token as the second? Compute it from the two logits alone.',
          expected: '[top@0,1]/[top@1,1]',
          tolerance: 0.01,
          hint: 'EXP of a difference.',
          solution: '=EXP([top@0,2]-[top@1,2])',
          why:
            kind === 'tiny'
              ? 'girl against boy: about 1.14 times.'
              : 'The quotient of the two probabilities gives the same.',
        }),
        source(facts.output, facts.temperatureCode),
      ],
    },
  ],
  notes: {
    pace: '10 for the logit, 12 for softmax and the chart, 8 for the predictions.',
    misconceptions: [
      'A logit is not a percentage. It may be negative, and by itself it says nothing.',
      'Temperature does not make the model more creative; it changes how often the less likely tokens are drawn.',
      'The order of the tokens never changes with the temperature.',
    ],
    ask: [
      'What would temperature 0 be? (A division by 0; in practice: always the likeliest.)',
      'When do you want a low temperature, when a high one?',
    ],
  },
};
