import { headWidth } from '../../gpt2/config';
import { facts } from '../facts';
import { headOf, projection } from '../heads';
import type { Lesson } from '../lesson';
import { exercise, fillIn, given, predict, show, source, text } from '../parts';
import { PROMPT, TOKENS } from '../prompt';

export const queryKeyValue: Lesson = {
  number: 5,
  title: 'Queries, keys, values',
  goal: 'compute a query, the keys and an attention score by hand, and say what each is for.',
  minutes: 35,
  steps: (model) => {
    const { config, kind } = model;
    const { layer, head } = headOf(model);
    const width = headWidth(config);
    const [q, k, v] = (['q', 'k', 'v'] as const).map((which) => projection(model, which));
    return [
      {
        title: 'What a head reads',
        parts: [
          text(
            `So far every row knew one token. Attention lets rows look at each other. Each block has ${config.n_head} heads that do so side by side; this is head ${head} of block ${layer}. It reads the normalised rows.`,
          ),
          given('prompt', 'Text', PROMPT),
          show({
            key: 'x',
            formula: `=GPT2.LAYERNORM([prompt],${layer})`,
            sides: '=GPT2.TOKENS([prompt])',
            rows: TOKENS,
            columns: config.n_embd,
            shade: 'diverging',
          }),
        ],
      },
      {
        title: 'A query: what am I looking for?',
        parts: [
          text(
            `A matrix that training found turns each row of ${config.n_embd} numbers into ${width}: the query. It is the product of the row and the matrix, plus a bias. The model keeps queries, keys and values of all heads side by side in c_attn; the formula takes this head’s ${width} columns.`,
          ),
          fillIn({
            key: 'q',
            task: `The query of the last token, “ moves”. Multiply its row by ${q?.weights}, and add ${q?.bias}.`,
            rows: 1,
            columns: width,
            expected: `INDEX(GPT2.QUERY([prompt],${layer},${head}),${TOKENS},0)`,
            hint: 'MMULT(row, matrix) + bias. The row is [x@5].',
            solution: `=MMULT([x@5],${q?.weights})+${q?.bias}`,
            why: 'MMULT multiplies matrices. GPT2.MATMUL does the same on the engine.',
          }),
        ],
      },
      {
        title: 'Keys: what do I offer?',
        parts: [
          text(
            `Another matrix makes the keys. Its columns in c_attn come ${config.n_embd} columns after those of the queries.`,
          ),
          exercise({
            key: 'k',
            task: 'The keys of all six tokens, in one formula.',
            rows: TOKENS,
            columns: width,
            expected: `GPT2.KEY([prompt],${layer},${head})`,
            hint: `Like the query, but with all rows [x], and with first column ${config.n_embd + head * width} in both GPT2.WEIGHTs.`,
            solution: `=MMULT([x],${k?.weights})+${k?.bias}`,
            why: 'The bias is one row; the spreadsheet adds it to each row of the product.',
          }),
        ],
      },
      {
        title: 'A score: do they fit?',
        parts: [
          text(
            `Query and key are multiplied number by number and added up. The more they point the same way, the larger the score. It is divided by the square root of ${width}, so that scores do not grow with the width.`,
          ),
          fillIn({
            key: 'score',
            task: 'The score of “ moves” with the token before it, “ He”.',
            expected: `INDEX(GPT2.SCORES([prompt],${layer},${head}),6,5)`,
            hint: 'SUMPRODUCT of your query and the fifth key, divided by SQRT of the width.',
            solution: `=SUMPRODUCT([q],[k@4])/SQRT(${width})`,
            why: `The query is one row; the key of “ He” is row 4, counted from 0. √${width} ≈ ${Math.sqrt(width).toFixed(2)}.`,
          }),
          predict({
            key: 'most',
            question: 'With which of the six tokens does “ moves” get its highest score?',
            answer: `LET(scores,INDEX(GPT2.SCORES([prompt],${layer},${head}),6,0),INDEX(GPT2.TOKENS([prompt]),MATCH(MAX(scores),scores,0)))`,
            why:
              kind === 'tiny'
                ? 'With “ He”, the token before. This head looks one token back nearly always.'
                : 'The sheet asks the open model; heads differ in what they look for.',
          }),
          show({
            key: 'scores',
            formula: `=INDEX(GPT2.SCORES([prompt],${layer},${head}),6,0)`,
            heads: '=TRANSPOSE(GPT2.TOKENS([prompt]))',
            sides: ['scores of “ moves”'],
            rows: 1,
            columns: TOKENS,
            shade: 'diverging',
          }),
          source(facts.attention),
        ],
      },
      {
        title: 'Values: what do I hand over?',
        parts: [
          text(
            'Being found is one thing, what is handed over another. A third matrix makes the values. Lesson 6 puts all three together.',
          ),
          exercise({
            key: 'v',
            task: 'The values of all six tokens.',
            rows: TOKENS,
            columns: width,
            expected: `GPT2.VALUE([prompt],${layer},${head})`,
            hint: `The same once more, from column ${2 * config.n_embd + head * width} on.`,
            solution: `=MMULT([x],${v?.weights})+${v?.bias}`,
            why: 'Queries, keys and values are three readings of the same rows.',
          }),
        ],
      },
    ];
  },
  notes: {
    pace: '5 for the rows, 10 for the query together on the projector, 10 for the keys in pairs, 10 for scores and values.',
    misconceptions: [
      'Queries and keys are not words or questions in English. They are rows of numbers; “what am I looking for” is a picture.',
      'A token has another query, key and value in every head of every block.',
      'The division by the square root is not a normalisation of the rows; it only keeps the scores in a good range for softmax.',
    ],
    ask: [
      'In a library, what is the query, what the key, what the value? (What you ask, the entry in the catalogue, the book.)',
      'Why two matrices for looking, and not one? (What a verb looks for is not what a verb offers.)',
    ],
  },
};
