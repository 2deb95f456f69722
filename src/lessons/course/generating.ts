import { facts } from '../facts';
import type { Lesson } from '../lesson';
import { exercise, fillIn, given, grid, input, predict, show, source, text } from '../parts';

const STEPS = 8;
const DRAWS = 10;
/** How many of the drawn tokens differ: each counts as one divided by how often it is there. COUNTIF would take some of them for patterns. */
const DIFFERENT = `ROUND(SUMPRODUCT(1/MMULT(([draws]=TRANSPOSE([draws]))*1,SEQUENCE(${DRAWS},1,1,0))),0)`;

export const generating: Lesson = {
  number: 10,
  title: 'Generating',
  goal: 'explain how a text grows out of a model that only ever gives the next token.',
  minutes: 25,
  steps: ({ kind }) => {
    const tiny = kind === 'tiny';
    return [
      {
        title: 'One token, then the next',
        parts: [
          text(
            'The model gives probabilities for one token. To write, the token is put behind the text, and the whole text goes through the model again.',
          ),
          given('start', 'Text', 'Once there was a'),
          fillIn({
            key: 'one',
            task: 'Put the likeliest next token behind the text.',
            expected: '[start]&GPT2.NEXT([start])',
            tolerance: 'text',
            hint: 'The text & GPT2.NEXT of the text.',
            solution: '=[start]&GPT2.NEXT([start])',
            why: tiny ? 'Once there was a girl.' : 'The sheet asks the open model.',
          }),
          text('The same again and again; each row is the row above and its next token.'),
          grid({
            key: 'chain',
            look: 'text',
            sides: Array.from({ length: STEPS }, (_, i) => `token ${i + 1}`),
            cells: Array.from({ length: STEPS }, (_, i) => {
              const before = i === 0 ? '[start]' : `[chain@${i - 1},0]`;
              return [`=${before}&GPT2.NEXT(${before})`];
            }),
          }),
          text('GPT2.GENERATE does this by itself; the text appears as it grows.'),
          show({
            key: 'generated',
            formula: `=GPT2.GENERATE([start],${STEPS})`,
            rows: 1,
            columns: 1,
            lines: 1,
          }),
          exercise({
            key: 'same',
            task: 'Is that exactly what the rows above wrote? Compare with a formula that gives TRUE or FALSE.',
            accepts: 'AND([same]=TRUE,[start]&[generated]=[chain@7,0])',
            hint: 'The start & the generated text = the last row.',
            solution: '=[start]&[generated]=[chain@7,0]',
            why: 'TRUE. There is no more to generating than NEXT, over and over.',
          }),
        ],
      },
      {
        title: 'Drawing lots',
        parts: [
          text(
            'Always the likeliest token gives always the same text. With a temperature, the next token is drawn by its probability. The seed says which lot is drawn: the same seed draws the same token.',
          ),
          input('t', 'Temperature', 1),
          predict({
            key: 'different',
            question: `Ten draws with ten seeds at temperature 1. How many different tokens will there be?`,
            answer: `${DIFFERENT}&" different ones, at the temperature that is set now"`,
            why: tiny
              ? 'Five with these seeds: girl and boy together have more than half of the probability, the rest is shared by many.'
              : 'The sheet counts what the open model gives.',
          }),
          grid({
            key: 'draws',
            look: 'token',
            heads: ['drawn'],
            sides: Array.from({ length: DRAWS }, (_, i) => `seed ${i + 1}`),
            cells: Array.from({ length: DRAWS }, (_, i) => [`=GPT2.NEXT([start],[t],0,1,${i + 1})`]),
          }),
          predict({
            key: 'cold',
            question: 'Now set the temperature to 0.05. How many different tokens will be left?',
            answer: `${DIFFERENT}&", at temperature "&[t]`,
            why: tiny
              ? 'One or two: girl and boy are nearly equally likely, everything else is far behind. Set the temperature first, then look.'
              : 'The sheet counts. Only tokens nearly as likely as the likeliest are left. Set the temperature first, then look.',
          }),
          exercise({
            key: 'topk',
            task: 'Give GPT2.NEXT temperature 2, but let it draw among the single likeliest token only (its third argument).',
            accepts: 'EXACT([topk],GPT2.NEXT([start]))',
            hint: 'GPT2.NEXT(text, 2, 1).',
            solution: '=GPT2.NEXT([start],2,1)',
            why: 'Drawing from one is not drawing: whatever the temperature, it is the likeliest.',
          }),
        ],
      },
      {
        title: 'How likely was that?',
        parts: [
          text(
            'A text’s probability is the product of the probabilities of its tokens, each given those before it. Logarithms turn the product into a sum.',
          ),
          exercise({
            key: 'surprise',
            task: 'How likely is it that the model writes the first two tokens of the chain, one after the other? Multiply two probabilities; INDEX(GPT2.TOP(text,1),1,2) is that of the likeliest token.',
            expected: 'INDEX(GPT2.TOP([start],1),1,2)*INDEX(GPT2.TOP([chain@0,0],1),1,2)',
            tolerance: 0.0001,
            hint: 'Once for the start, once for the first row of the chain.',
            solution: '=INDEX(GPT2.TOP([start],1),1,2)*INDEX(GPT2.TOP([chain@0,0],1),1,2)',
            why: tiny
              ? 'About 0.31: girl has 0.31, and after it named is all but certain.'
              : 'A product of numbers below 1: the longer the text, the smaller.',
          }),
          text(
            'Text that is always the likeliest becomes bland and repeats itself. What people write is again and again less likely than what a model would write.',
          ),
          source(facts.degeneration, facts.humanText),
        ],
      },
    ];
  },
  notes: {
    pace: '10 for the chain, 10 for drawing, 5 for the probability.',
    misconceptions: [
      'The model has no plan for the sentence. After each token it starts with the text as it stands.',
      'The same prompt gives another text only because somebody draws lots. The model itself is a function.',
      'A wrong token cannot be taken back: it is part of the text from then on.',
    ],
    ask: [
      'Why does one unlikely token early on change everything after it?',
      'How would you find the likeliest text of ten tokens? Why is that so much work?',
    ],
  },
};
