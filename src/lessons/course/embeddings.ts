import { facts } from '../facts';
import type { Lesson } from '../lesson';
import { chart, exercise, fillIn, given, input, predict, show, source, text } from '../parts';

/** Why the answer is none of the words in the question. */
const LEFT_OUT = `GPT2.ANALOGY leaves out the three given words. Where they were let in, in a study of other embeddings, one of them was the nearest in ${facts.analogyIssues.figures.given} of 100 questions.`;

const WORDS = ' king queen cat dog slowly quickly';

export const embeddings: Lesson = {
  number: 2,
  title: 'Meaning as position',
  goal: 'say what an embedding is, measure how alike two of them are, and calculate with meanings.',
  minutes: 35,
  steps: ({ kind, config: { n_embd } }) => {
    const tiny = kind === 'tiny';
    const [from, to, like] = tiny ? ['slow', 'slowly', 'quick'] : ['man', 'king', 'woman'];
    return [
      {
        title: 'A token is a row of numbers',
        parts: [
          text(
            `The model looks each id up in a table and gets a row of ${n_embd} numbers: the token’s embedding. Think of it as a place in a space with ${n_embd} directions. Nobody chose these numbers. Training moved each token to where it is useful.`,
          ),
          given('words', 'Six words', WORDS),
          show({
            key: 'emb',
            formula: '=GPT2.EMBED([words])',
            sides: '=GPT2.TOKENS([words])',
            rows: 6,
            columns: n_embd,
            shade: 'diverging',
          }),
          text('Scroll to the right to see the whole rows. Orange is below 0, blue above.'),
          fillIn({
            key: 'width',
            task: 'How many numbers does each word have? Count the columns of the table with a formula.',
            expected: 'GPT2.CONFIG("n_embd")',
            hint: 'COLUMNS counts the columns of a range.',
            solution: '=COLUMNS([emb])',
            why: `${n_embd}, which GPT-2’s settings call n_embd.`,
          }),
        ],
      },
      {
        title: 'Alike means: the same direction',
        parts: [
          text(
            'Two embeddings are alike when they point the same way. The cosine measures it: 1 is the same direction, 0 is at right angles. It is the sum of products, divided by both lengths.',
          ),
          fillIn({
            key: 'cosine',
            task: 'Compute the cosine of king and queen natively: SUMPRODUCT of both rows, divided by SQRT of SUMSQ times SUMSQ.',
            expected: 'GPT2.COSINE(GPT2.EMBED(" king"),GPT2.EMBED(" queen"))',
            hint: 'king is [emb@0], queen is [emb@1].',
            solution: '=SUMPRODUCT([emb@0],[emb@1])/SQRT(SUMSQ([emb@0])*SUMSQ([emb@1]))',
            why: 'The same number as in the table below, row king, column queen.',
          }),
          predict({
            key: 'pair',
            question: 'Which two of the six different words will be most alike?',
            answer:
              'LET(near,GPT2.COSINE([emb],[emb])-2*(SEQUENCE(6)<=SEQUENCE(1,6)),word,GPT2.TOKENS([words]),INDEX(word,SUMPRODUCT((near=MAX(near))*SEQUENCE(6)))&" and"&INDEX(word,SUMPRODUCT((near=MAX(near))*SEQUENCE(1,6))))',
            why: tiny
              ? 'queen and king: in the stories, one can nearly always stand where the other does.'
              : 'The sheet computes it from the open model. Words that can stand in the same places are close.',
          }),
          show({
            key: 'alike',
            formula: '=GPT2.COSINE([emb],[emb])',
            sides: '=GPT2.TOKENS([words])',
            heads: '=TRANSPOSE(GPT2.TOKENS([words]))',
            rows: 6,
            columns: 6,
            shade: 'diverging',
          }),
        ],
      },
      {
        title: 'Neighbours',
        parts: [
          input('token', 'Token', ' cat'),
          show({
            key: 'near',
            formula: '=GPT2.NEAREST([token],8)',
            heads: ['token', 'cosine', 'id'],
            rows: 8,
            columns: 3,
            look: ['token', 'number', 'id'],
          }),
          predict({
            key: 'sort',
            question: 'Before you type it: what kind of words will be the neighbours of “ Mike”?',
            answer: 'TEXTJOIN(",",TRUE,INDEX(GPT2.NEAREST(" Mike",6),SEQUENCE(5,1,2),1))',
            why: tiny
              ? 'Names of men and boys: Max, Tim, Luke … The model never saw a list of names. It saw who is called he.'
              : 'The sheet asks the open model. Names, mostly: they stand in the same places in sentences.',
          }),
        ],
      },
      {
        title: 'Calculating with meaning',
        parts: [
          text(
            `From ${from} to ${to} there is a step in space. Take the same step from ${like}: ${to} − ${from} + ${like}.`,
          ),
          given('three', 'Three words', ` ${from} ${to} ${like}`),
          show({
            key: 'abc',
            formula: '=GPT2.EMBED([three])',
            sides: '=GPT2.TOKENS([three])',
            rows: 3,
            columns: n_embd,
            shade: 'diverging',
          }),
          exercise({
            key: 'sum',
            task: `Compute ${to} − ${from} + ${like}, number by number, in one formula.`,
            rows: 1,
            columns: n_embd,
            expected: `GPT2.EMBED(" ${to}")-GPT2.EMBED(" ${from}")+GPT2.EMBED(" ${like}")`,
            hint: 'Whole rows can be added and subtracted: second row minus first plus third.',
            solution: '=[abc@1]-[abc@0]+[abc@2]',
            why: 'A spreadsheet adds ranges number by number.',
          }),
          predict({
            key: 'result',
            question: `${from} is to ${to} as ${like} is to what? Guess before you look.`,
            answer: `LET(near,GPT2.ANALOGY(" ${from}"," ${to}"," ${like}",4),TEXTJOIN(",  ",TRUE,TRIM(INDEX(near,SEQUENCE(4),1))&" "&TEXT(INDEX(near,SEQUENCE(4),2),"0.00")))`,
            why: tiny
              ? `quickly comes first; the numbers are cosines. ${LEFT_OUT}`
              : `The sheet asks the open model; no result is promised. The numbers are cosines. The famous answer, queen, was found with other embeddings. ${LEFT_OUT}`,
          }),
          ...(tiny
            ? [
                predict({
                  key: 'fails',
                  question:
                    'And the famous one: man is to king as woman is to …? This model read only short stories.',
                  answer: 'TRIM(INDEX(GPT2.ANALOGY(" man"," king"," woman",1),1,1))',
                  why: 'baker, not queen. Its stories were written by a grammar that draws king or queen at random, whoever else there is: whether a king is a man never mattered. An analogy works only for what training needed. On real GPT-2 this lesson asks for exactly this one.',
                }),
              ]
            : []),
          source(facts.analogies, facts.analogyIssues, ...(tiny ? [facts.tinyText] : [])),
        ],
      },
      {
        title: 'A map of words',
        parts: [
          text(
            `Nobody can see ${n_embd} directions. PCA finds the two along which the words differ most. The last row says how much of the whole difference each one carries.`,
          ),
          show({
            key: 'map',
            formula: '=GPT2.PCA([emb],2)',
            sides: [...WORDS.trim().split(' '), 'part of all'],
            heads: ['across', 'up'],
            rows: 7,
            columns: 2,
          }),
          chart({
            chart: 'points',
            title: 'The six words, in two of all the directions',
            categories: '[map@0-5,0]',
            series: [{ name: 'words', values: '[map@0-5,1]' }],
            names: '[mapNames@0-5]',
            axes: { across: 'first component', up: 'second component' },
          }),
        ],
      },
    ];
  },
  notes: {
    pace: '10 for rows and cosine, 5 for neighbours, 15 for calculating, 5 for the map.',
    misconceptions: [
      'A single one of the numbers has no meaning by itself. Directions have.',
      'The analogy is not exact: the sum is no token’s own row, and the nearest token is taken.',
      'Embeddings do not know the sentence. A word with two meanings has one row.',
    ],
    ask: [
      'How could training move king and queen together without a dictionary?',
      'Where would you put a word with two meanings, such as bank?',
      'Suppose that doctor lay nearer to he than to she. What would that say of the texts, and what could it do to people?',
    ],
  },
};
