import { facts } from '../facts';
import type { Lesson } from '../lesson';
import { exercise, fillIn, grid, predict, source, text } from '../parts';

const {
  gptShape,
  gptTokens,
  gptCount,
  gpt2Shapes,
  gpt2Heads,
  gpt2Text,
  gpt3Shapes,
  gpt3Text,
  gpt3Data,
  gpt3Compute,
  tinyTraining,
} = facts;

/** Blocks, width, heads, context, vocabulary, and what the paper says, in millions of parameters. */
type Row = readonly [string, number, number, number, number, number, number];

const gpt2Rows = ['small', 'medium', 'large', 'XL'].map((size, i): Row => {
  const { blocks, width, millions } = gpt2Shapes.figures;
  const { context, tokens } = gpt2Text.figures;
  const of = (figures: readonly number[]) => figures[i] as number;
  return [`GPT-2 ${size}`, of(blocks), of(width), of(gpt2Heads.figures.heads), context, tokens, of(millions)];
});
const gpt3Row = (name: string, size: keyof typeof gpt3Shapes.figures): Row => {
  const { blocks, width, heads, millions } = gpt3Shapes.figures[size];
  return [name, blocks, width, heads, gpt3Text.figures.context, gpt2Text.figures.tokens, millions];
};
const { blocks, width, heads, context } = gptShape.figures;
const MODELS: readonly Row[] = [
  ['GPT', blocks, width, heads, context, gptTokens.figures.tokens, gptCount.figures.millions],
  ...gpt2Rows,
  gpt3Row('GPT-3 small', 'small'),
  gpt3Row('GPT-3 6.7B', 'middle'),
  gpt3Row('GPT-3', 'largest'),
];
const XL = 4;
const LARGEST = 7;
const PAPER_XL = (MODELS[XL]?.[6] ?? 0).toLocaleString('en');
const SEEN = gpt3Data.figures.billionsSeen;
const [CRAWL] = gpt3Data.figures.times;
const [, WEB_TIMES, , , WIKIPEDIA] = gpt3Data.figures.times;
const [, WEB_SIZE] = gpt3Data.figures.billions;
const [, WEB_PART] = gpt3Data.figures.percent;
const LARGEST_BILLIONS = gpt3Shapes.figures.largest.millions / 1000;

const count = (row: number) => {
  const [blocks, width, , context, vocabulary] = [0, 1, 2, 3, 4].map((c) => `[models@${row},${c}]`);
  return `(${vocabulary}*${width}+${context}*${width}+${blocks}*(12*${width}^2+13*${width})+2*${width})/1000000`;
};

export const gptToGpt3: Lesson = {
  number: 13,
  title: 'From GPT to GPT-3',
  goal: 'compute the size and the training cost of GPT, GPT-2 and GPT-3 from a few numbers.',
  minutes: 35,
  steps: ({ kind, name }) => [
    {
      title: 'Count the open model',
      parts: [
        text(
          `Before the large ones: how many numbers did training have to find in ${name}? GPT2.PARAMS lists every matrix with its count.`,
        ),
        fillIn({
          key: 'own',
          task: 'Add up the counts: the fourth column of GPT2.PARAMS().',
          expected: 'SUM(INDEX(GPT2.PARAMS(),0,4))',
          hint: 'INDEX(GPT2.PARAMS(),0,4) is the column; SUM adds it up.',
          solution: '=SUM(INDEX(GPT2.PARAMS(),0,4))',
          why: kind === 'tiny' ? '607,296.' : 'For OpenAI’s smallest GPT-2 it is 124,439,808.',
        }),
        grid({
          key: 'setting',
          sides: ['V, tokens', 'C, context', 'd, width', 'L, blocks'],
          look: 'whole',
          cells: ['vocab_size', 'n_positions', 'n_embd', 'n_layer'].map((name) => [
            `=GPT2.CONFIG("${name}")`,
          ]),
        }),
        exercise({
          key: 'formula',
          task: 'Now without the list. V tokens, context C, width d, L blocks: V·d + C·d + L·(12·d² + 13·d) + 2·d.',
          expected: 'SUM(INDEX(GPT2.PARAMS(),0,4))',
          hint: 'V is in [setting@0], C in [setting@1], d in [setting@2], L in [setting@3].',
          solution:
            '=[setting@0]*[setting@2]+[setting@1]*[setting@2]+[setting@3]*(12*[setting@2]^2+13*[setting@2])+2*[setting@2]',
          why: 'In each block 4·d² in the attention and 8·d² in the MLP; 13·d are biases and LayerNorms; 2·d the last LayerNorm. The head is the token table again.',
        }),
      ],
    },
    {
      title: 'The table, computed',
      parts: [
        text(
          'The same formula for the models of three papers. “In paper” are the parameters that the papers count, in millions; the last column is what the formula gives. (GPT has no LayerNorm behind its last block: of it the formula counts 1,536 numbers too many.)',
        ),
        grid({
          key: 'models',
          sides: MODELS.map(([name]) => name),
          heads: ['blocks', 'width', 'heads', 'context', 'tokens', 'in paper', 'computed'],
          look: 'whole',
          cells: MODELS.map(([, ...numbers], row) => [...numbers, `=${count(row)}`]),
        }),
        exercise({
          key: 'xl',
          task: 'Check the row of GPT-2 XL with your own formula, in millions.',
          expected: count(XL),
          tolerance: 0.5,
          hint: 'The formula of step 1 with the cells of this row, divided by a million.',
          solution: `=${count(XL)}`,
          why: `1,558 million. The paper said ${PAPER_XL}; OpenAI later wrote that the paper’s counts were wrong.`,
        }),
        predict({
          key: 'times',
          question: 'How many times as many parameters as GPT-2 XL has the largest GPT-3?',
          answer: `ROUND([models@${LARGEST},6]/[models@${XL},6],0)&" times"`,
          why: 'About 112 times. GPT-2 is of February 2019, GPT-3 of May 2020.',
        }),
        source(gptShape, gptTokens, gptCount, gpt2Shapes, gpt2Heads, gpt2Text, facts.gpt2Norms),
        source(facts.gpt2Recount, facts.gpt2Date, gpt3Shapes, gpt3Text, facts.gpt3Date),
      ],
    },
    {
      title: 'What they read',
      parts: [
        text(
          `GPT read more than ${facts.gptBooks.figures.books.toLocaleString('en')} unpublished books. GPT-2 read WebText: ${facts.webText.figures.gigabytes} GB of text from over ${facts.webText.figures.millionPages} million web pages that people had linked to on Reddit. GPT-3 read a mixture. It saw ${SEEN} billion tokens in all, not evenly: good sources more often. The table has the size of each source in billions of tokens, and how many of 100 tokens that it saw came from there.`,
        ),
        grid({
          key: 'data',
          sides: gpt3Data.figures.names,
          heads: ['billions', 'of 100 seen'],
          look: 'whole',
          cells: gpt3Data.figures.billions.map((size, i) => [size, gpt3Data.figures.percent[i] as number]),
        }),
        exercise({
          key: 'epochs',
          task: `How often did GPT-3 see a token of Common Crawl, on average? ${SEEN} billion, times its part, divided by its size.`,
          expected: `${SEEN}*[data@0,1]/100/[data@0,0]`,
          hint: `${SEEN} × part / 100 / size, with cells for part and size.`,
          solution: `=${SEEN}*[data@0,1]/100/[data@0,0]`,
          why: `${CRAWL}, as in the paper: more than half of it was not read at all.`,
        }),
        predict({
          key: 'wiki',
          question: 'And a token of Wikipedia: less than once, about once, or several times?',
          answer: `"about "&ROUND(${SEEN}*[data@4,1]/100/[data@4,0],1)&" times"`,
          why: `About three times. The paper says ${WIKIPEDIA}; the figures in the table are rounded. Of WebText2 the table gives ${Math.round((SEEN * WEB_PART) / WEB_SIZE / 10) / 10} times, the paper says ${WEB_TIMES}: not all of its figures fit together.`,
        }),
        source(facts.gptBooks, facts.webText, gpt3Data),
      ],
    },
    {
      title: 'What it cost',
      parts: [
        text(
          `A rule of thumb: training takes ${facts.gpt3Operations.figures.all} operations for each parameter and each token. ${facts.gpt3Operations.figures.forward} for the way forward (multiply, add), twice as many for the way back.`,
        ),
        exercise({
          key: 'flops',
          task: `Operations for the largest GPT-3: 6 × ${LARGEST_BILLIONS} billion parameters × ${SEEN} billion tokens.`,
          expected: '6*175E9*300E9',
          tolerance: 1e20,
          hint: '175E9 is 175 billion.',
          solution: '=6*175E9*300E9',
          why: `3.15 × 10²³. The paper’s own count is ${gpt3Compute.figures.operations / 1e23} × 10²³.`,
        }),
        exercise({
          key: 'days',
          task: 'How many days would a machine need that does 10¹⁵ operations a second? (These are petaflop/s-days.)',
          expected: '6*175E9*300E9/1E15/86400',
          tolerance: 1,
          hint: 'Divide by 1E15, and by the 86,400 seconds of a day.',
          solution: '=[flops]/1E15/86400',
          why: `About 3,646 days. The paper gives ${gpt3Compute.figures.days.toLocaleString('en')} petaflop/s-days.`,
        }),
        predict({
          key: 'laptop',
          question: 'And a laptop that does 10¹² operations a second: how many years?',
          answer: 'TEXT(6*175E9*300E9/1E12/86400/365,"#,##0")&" years"',
          why: `About ten thousand years. The built-in model of this project took ${tinyTraining.figures.minutes} minutes on ${tinyTraining.figures.cores} processor cores.`,
        }),
        source(gpt3Shapes, gpt3Data, gpt3Compute, facts.gpt3Operations, facts.sixOperations, tinyTraining),
      ],
    },
  ],
  notes: {
    pace: '10 for counting, 10 for the table, 7 for data, 8 for cost.',
    misconceptions: [
      'GPT-3 is not another machine: the blocks are those of GPT-2, more and wider, with attention that is partly sparse.',
      'A parameter is not a fact. It is one number of a matrix.',
      'More data is not simply more text from the web: what is read how often was chosen.',
    ],
    facts: [facts.gpt3Blocks],
    ask: [
      'What grows faster with the width: the token table or the blocks? (The blocks: d² against d.)',
      `Who can pay for ${gpt3Compute.figures.days.toLocaleString('en')} petaflop/s-days, and who cannot?`,
      'Which of the numbers in this lesson would you most like to check yourself?',
    ],
  },
};
