import { headWidth } from '../../gpt2/config';
import { facts } from '../facts';
import { headOf } from '../heads';
import type { Lesson } from '../lesson';
import { isSmall } from '../models';
import { exercise, fillIn, given, grid, input, predict, show, source, text } from '../parts';
import { PROMPT, TOKENS } from '../prompt';

/** Eight words that are one token each, in the built-in model as in GPT-2. */
const WORDS = ' basket knock box dark girl new rabbit hard';
const N = 8;
/** Heads by block and head, in words. */
const listed = (heads: readonly (readonly [number, number])[]) =>
  heads.map(([block, head]) => `head ${head} of block ${block}`).join(' and ');
/** More layers than this would not fit a screen. */
const MOST_LAYERS = 24;

export const attentionHead: Lesson = {
  number: 6,
  title: 'An attention head',
  goal: 'build an attention head from scratch, and find the heads that look one token back and those that copy.',
  minutes: 40,
  steps: (model) => {
    const { config, kind } = model;
    const { layer, head } = headOf(model);
    const tiny = kind === 'tiny';
    const width = headWidth(config);
    const layers = Math.min(config.n_layer, MOST_LAYERS);
    const at = `[prompt],${layer},${head}`;
    const names = '=GPT2.TOKENS([prompt])';
    const across = '=TRANSPOSE(GPT2.TOKENS([prompt]))';
    const heads = Array.from({ length: config.n_head }, (_, h) => `head ${h}`);
    const sides = Array.from({ length: layers }, (_, l) => `layer ${l}`);
    const each = (formula: (layer: number, head: number) => string) =>
      sides.map((_, l) => heads.map((_, h) => formula(l, h)));
    const best = (key: string) =>
      `LET(best,([${key}]=MAX([${key}]))*1,"layer "&SUMPRODUCT(best*SEQUENCE(${layers},1,0))&", head "&SUMPRODUCT(best*SEQUENCE(1,${config.n_head},0))&": "&TEXT(MAX([${key}]),"0%"))`;
    return [
      {
        title: 'Scores for every pair',
        parts: [
          text(`Queries, keys and values of head ${head} in block ${layer}, as in lesson 5.`),
          given('prompt', 'Text', PROMPT),
          ...(['q', 'k', 'v'] as const).map((key, i) =>
            show({
              key,
              formula: `=GPT2.${['QUERY', 'KEY', 'VALUE'][i]}(${at})`,
              sides: names,
              rows: TOKENS,
              columns: width,
              shade: 'diverging',
            }),
          ),
          fillIn({
            key: 's',
            task: `All scores at once: queries times keys turned on their side, divided by the square root of ${width}.`,
            rows: TOKENS,
            columns: TOKENS,
            sides: names,
            heads: across,
            expected: `MMULT(GPT2.QUERY(${at}),TRANSPOSE(GPT2.KEY(${at})))/SQRT(${width})`,
            hint: 'MMULT of the queries and TRANSPOSE of the keys.',
            solution: `=MMULT([q],TRANSPOSE([k]))/SQRT(${width})`,
            why: 'Row by row the query’s token, column by column the key’s.',
          }),
        ],
      },
      {
        title: 'No looking ahead',
        parts: [
          text(
            `When the model writes, what comes later is not there yet. So a token may look at itself and back, never ahead. Scores of the future become −${facts.maskCode.figures.mask.toLocaleString('en')}.`,
          ),
          fillIn({
            key: 'm',
            task: 'Mask your scores.',
            look: 'roomOfScores',
            rows: TOKENS,
            columns: TOKENS,
            sides: names,
            heads: across,
            expected: `GPT2.SCORES(${at})`,
            hint: 'GPT2.MASK of your scores. Or IF(SEQUENCE(6)>=SEQUENCE(1,6), scores, -1E10).',
            solution: '=GPT2.MASK([s])',
            why: 'The model’s own scores are masked already; so they must now be the same.',
          }),
        ],
      },
      {
        title: 'Softmax: shares of attention',
        parts: [
          text(
            'EXP makes every score positive, and that of the future 0. Divided by the sum of its row, each becomes a share: a row adds up to 1.',
          ),
          exercise({
            key: 'a',
            task: 'The attention pattern: EXP of the masked scores, each divided by the sum of its row.',
            rows: TOKENS,
            columns: TOKENS,
            sides: names,
            heads: across,
            shade: 'sequential',
            expected: `GPT2.ATTN(${at})`,
            hint: 'MMULT(EXP(…),SEQUENCE(6,1,1,0)) gives the sum of each row.',
            solution: '=EXP([m])/MMULT(EXP([m]),SEQUENCE(6,1,1,0))',
            why: 'SEQUENCE(6,1,1,0) is a column of ones; multiplying by it adds up the rows.',
          }),
          exercise({
            key: 'z',
            task: 'What the head gathers: the values, mixed by these shares.',
            rows: TOKENS,
            columns: width,
            sides: names,
            expected: `GPT2.HEAD(${at})`,
            hint: 'One more MMULT.',
            solution: '=MMULT([a],[v])',
            why: 'That is the whole attention head. A matrix of the block then writes the result back to the stream.',
          }),
          source(facts.attention, facts.mask, facts.maskCode),
        ],
      },
      {
        title: 'Which head looks one token back?',
        parts: [
          text(
            `Eight random words, said twice. Each cell below is one of the model’s ${config.n_layer * config.n_head} heads: how much of its attention goes to the token just before, on average.`,
          ),
          given('twice', 'Text', WORDS + WORDS),
          predict({
            key: 'guess1',
            question: 'Will such heads be in the first blocks, or in the last?',
            answer: best('previous'),
            why: tiny
              ? 'Layer 0, head 1. To know the token before is a first step for others, so it comes early.'
              : 'The sheet measures the open model.',
          }),
          grid({
            key: 'previous',
            sides,
            heads,
            shade: 'sequential',
            cells: each(
              (l, h) =>
                `=SUMPRODUCT(GPT2.ATTN([twice],${l},${h})*(SEQUENCE(${2 * N})-SEQUENCE(1,${2 * N})=1))/${2 * N - 1}`,
            ),
          }),
          ...(tiny ? [source(facts.tinyHeads)] : []),
          ...(isSmall(model)
            ? [
                text(
                  `In GPT-2 with 12 blocks, ${listed(facts.previousTokenHeads.figures.heads)} were described as previous-token heads.`,
                ),
                source(facts.previousTokenHeads),
              ]
            : []),
        ],
      },
      {
        title: 'Which head copies?',
        parts: [
          text(
            'An induction head looks for what followed the last time. At the second “ box” it looks at “ dark”, which came after the first; so the model can guess “ dark” again. Here the average attention to that token, during the second round.',
          ),
          grid({
            key: 'induction',
            sides,
            heads,
            shade: 'sequential',
            cells: each(
              (l, h) =>
                `=SUMPRODUCT(GPT2.ATTN([twice],${l},${h})*(SEQUENCE(${2 * N})-SEQUENCE(1,${2 * N})=${N - 1})*(SEQUENCE(${2 * N})>${N}))/${N}`,
            ),
          }),
          exercise({
            key: 'most',
            task: 'How much attention does the strongest induction head give? Use a formula over the table.',
            expected: 'MAX([induction])',
            hint: 'MAX of the table [induction].',
            solution: '=MAX([induction])',
            why: tiny
              ? 'About 0.87, by layer 1, head 3; heads 0 and 1 of layer 1 do it, too.'
              : 'The sheet measures the open model.',
          }),
          predict({
            key: 'guess2',
            question:
              'Why can no induction head be in layer 0? Write down a reason, then see which head it is.',
            answer: best('induction'),
            why: 'It must know of each token which one stood before it. A previous-token head has to write that down first, in an earlier block.',
          }),
          ...(isSmall(model)
            ? [
                text(
                  `In GPT-2 with 12 blocks, ${listed(facts.inductionHeads.figures.heads)} were described as induction heads.`,
                ),
              ]
            : []),
          text(
            'Now look at any head: type its layer and its number. The pattern of an induction head has a slanted line in its lower half.',
          ),
          input('layer', 'Layer', tiny ? 1 : Math.min(5, config.n_layer - 1)),
          input('head', 'Head', tiny ? 3 : Math.min(5, config.n_head - 1)),
          show({
            key: 'pattern',
            formula: '=GPT2.ATTN([twice],[layer],[head])',
            sides: '=GPT2.TOKENS([twice])',
            heads: '=TRANSPOSE(GPT2.TOKENS([twice]))',
            rows: 2 * N,
            columns: 2 * N,
            shade: 'sequential',
          }),
          source(
            facts.induction,
            facts.twoLayers,
            ...(tiny ? [facts.tinyHeads] : []),
            ...(isSmall(model) ? [facts.inductionHeads] : []),
          ),
        ],
      },
    ];
  },
  notes: {
    pace: '20 for building the head in pairs, 10 for each of the two searches. If time is short, fill in the scores and the mask together.',
    misconceptions: [
      'Attention is not understanding. It says from where a number was fetched, not why.',
      'A row of the pattern adds up to 1, a column does not.',
      'Induction heads do not know words. They copy random words as well as meaningful ones.',
    ],
    ask: [
      'What would change in the pattern if the mask were left out?',
      'Cover the second half of the text: what would you guess after the second “ box”, and why?',
      'Where do people use the same trick? (Songs, telephone numbers, forms.)',
    ],
  },
};
