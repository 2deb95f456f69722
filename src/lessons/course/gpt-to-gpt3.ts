import type { Lesson } from '../lesson';
import { exercise, fillIn, grid, predict, source, text } from '../parts';
import { sources } from '../sources';

/** Blocks, width, heads, context, vocabulary, and what the paper calls it, in millions of parameters. */
const MODELS: readonly (readonly [string, ...number[]])[] = [
  ['GPT', 12, 768, 12, 512, 40478, 117],
  ['GPT-2 small', 12, 768, 12, 1024, 50257, 117],
  ['GPT-2 medium', 24, 1024, 16, 1024, 50257, 345],
  ['GPT-2 large', 36, 1280, 20, 1024, 50257, 762],
  ['GPT-2 XL', 48, 1600, 25, 1024, 50257, 1542],
  ['GPT-3 small', 12, 768, 12, 2048, 50257, 125],
  ['GPT-3 6.7B', 32, 4096, 32, 2048, 50257, 6700],
  ['GPT-3', 96, 12288, 96, 2048, 50257, 175000],
];
const XL = 4;
const LARGEST = 7;

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
          'The same formula for the models of three papers. The first five columns come from the papers, the last from the formula, in millions.',
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
          why: '1,558 million. The paper said 1,542; OpenAI later wrote that the counts of the paper were wrong.',
        }),
        predict({
          key: 'times',
          question: 'How many times as many parameters as GPT-2 XL has the largest GPT-3?',
          answer: `ROUND([models@${LARGEST},6]/[models@${XL},6],0)&" times"`,
          why: 'About 112 times. The papers are little more than a year apart.',
        }),
        source(`${sources.gpt1}, section 4.1; 40,478 tokens are those of the released vocabulary`),
        source(
          `${sources.gpt2}, table 2, which calls its smallest model equivalent to GPT; the remark on counts is in the README of github.com/openai/gpt-2`,
        ),
        source(`${sources.gpt3}, table 2.1`),
      ],
    },
    {
      title: 'What they read',
      parts: [
        text(
          'GPT read more than 7,000 unpublished books. GPT-2 read WebText: 40 GB of text from over 8 million web pages that people had linked to. GPT-3 read a mixture. It saw 300 billion tokens in all, not evenly: good sources more often.',
        ),
        grid({
          key: 'data',
          sides: ['Common Crawl', 'WebText2', 'Books1', 'Books2', 'Wikipedia'],
          heads: ['billion', 'of 100'],
          look: 'whole',
          cells: [
            [410, 60],
            [19, 22],
            [12, 8],
            [55, 8],
            [3, 3],
          ],
        }),
        exercise({
          key: 'epochs',
          task: 'How often did GPT-3 see a token of Common Crawl, on average? 300 billion, times its part, divided by its size.',
          expected: '300*[data@0,1]/100/[data@0,0]',
          hint: '300 × 60/100 / 410, with cells.',
          solution: '=300*[data@0,1]/100/[data@0,0]',
          why: '0.44: less than half of it was read at all. The paper says 0.44.',
        }),
        predict({
          key: 'wiki',
          question: 'And a token of Wikipedia: less than once, about once, or several times?',
          answer: '"about "&ROUND(300*[data@4,1]/100/[data@4,0],1)&" times"',
          why: 'About three times. The paper says 3.4; the parts in the table are rounded.',
        }),
        source(`${sources.gpt1}, section 4.1; ${sources.gpt2}, section 2.1; ${sources.gpt3}, table 2.2`),
      ],
    },
    {
      title: 'What it cost',
      parts: [
        text(
          'A rule of thumb: training takes 6 operations for each parameter and each token. Two for the way forward (multiply, add), four for the way back.',
        ),
        exercise({
          key: 'flops',
          task: 'Operations for the largest GPT-3: 6 × 175 billion parameters × 300 billion tokens.',
          expected: '6*175E9*300E9',
          tolerance: 1e20,
          hint: '175E9 is 175 billion.',
          solution: '=6*175E9*300E9',
          why: '3.15 × 10²³. The paper’s own count is 3.14 × 10²³.',
        }),
        exercise({
          key: 'days',
          task: 'How many days would a machine need that does 10¹⁵ operations a second? (These are petaflop/s-days.)',
          expected: '6*175E9*300E9/1E15/86400',
          tolerance: 1,
          hint: 'Divide by 1E15, and by the 86,400 seconds of a day.',
          solution: '=[flops]/1E15/86400',
          why: 'About 3,646 days. The paper gives 3,640 petaflop/s-days.',
        }),
        predict({
          key: 'laptop',
          question: 'And a laptop that does 10¹² operations a second: how many years?',
          answer: 'TEXT(6*175E9*300E9/1E12/86400/365,"#,##0")&" years"',
          why: 'About ten thousand years. The built-in model of this project took 45 minutes on two processor cores.',
        }),
        source(`${sources.gpt3}, table D.1; the rule of thumb: ${sources.compute}, section 2.1`),
        source(sources.card),
      ],
    },
  ],
  notes: {
    pace: '10 for counting, 10 for the table, 7 for data, 8 for cost.',
    misconceptions: [
      'GPT-3 is not another machine: the blocks are those of GPT-2, more and wider, with attention that is partly sparse.',
      'Parameters are not facts. Nobody can say how many numbers a fact takes.',
      'More data is not simply more text from the web: what is read how often was chosen.',
    ],
    ask: [
      'What grows faster with the width: the token table or the blocks? (The blocks: d² against d.)',
      'Who can pay for 3,640 petaflop/s-days, and who cannot?',
      'Which of the numbers in this lesson would you most like to check yourself?',
    ],
  },
};
