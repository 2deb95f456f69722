import { facts } from '../facts';
import type { Lesson } from '../lesson';
import { exercise, fillIn, given, predict, show, source, text } from '../parts';

export const positions: Lesson = {
  number: 3,
  title: 'Where am I',
  goal: 'explain how a model that looks at all tokens at once can still tell their order.',
  minutes: 25,
  steps: ({ kind, config: { n_embd } }) => {
    const tiny = kind === 'tiny';
    // “chases” is three more pieces in the small vocabulary, two in GPT-2’s.
    const T = tiny ? 6 : 4;
    const sum = (text: string) => `MMULT(SEQUENCE(1,${T},1,0),GPT2.EMBED(${text}))`;
    return [
      {
        title: 'The same words in another order',
        parts: [
          given('one', 'Sentence one', ' cat chases dog'),
          given('two', 'Sentence two', ' dog chases cat'),
          show({
            key: 'ids1',
            formula: '=GPT2.IDS([one])',
            sides: '=GPT2.TOKENS([one])',
            heads: ['id'],
            rows: T,
            columns: 1,
            look: 'id',
          }),
          show({
            key: 'ids2',
            formula: '=GPT2.IDS([two])',
            sides: '=GPT2.TOKENS([two])',
            heads: ['id'],
            rows: T,
            columns: 1,
            look: 'id',
          }),
          text('The same tokens, in another order; so the same rows of numbers, in another order.'),
          predict({
            key: 'bag',
            question:
              'Add up all embeddings of each sentence. By how much will the two sums differ, at the most?',
            answer: `ROUND(MAX(ABS(${sum('[one]')}-${sum('[two]')})),6)`,
            why: '0. A sum does not know order: without more, the model could not tell who chases whom.',
          }),
        ],
      },
      {
        title: 'A row for each place',
        parts: [
          text(
            'So GPT-2 has a second table: a row of numbers for each place in the text, the position embedding. It was learnt, like the first.',
          ),
          show({
            key: 'pos',
            formula: '=GPT2.POSITION([one])',
            sides: Array.from({ length: T }, (_, i) => `position ${i}`),
            rows: T,
            columns: n_embd,
            shade: 'diverging',
          }),
          predict({
            key: 'samepos',
            question: 'Are these rows different for the second sentence?',
            answer:
              'IF(MAX(ABS(GPT2.POSITION([one])-GPT2.POSITION([two])))=0,"No: they are the same.","Yes.")',
            why: 'They are the same. A position embedding depends on the place alone, not on what stands there.',
          }),
          source(facts.positions),
        ],
      },
      {
        title: 'Added, and told apart',
        parts: [
          show({
            key: 'emb',
            formula: '=GPT2.EMBED([one])',
            sides: '=GPT2.TOKENS([one])',
            rows: T,
            columns: n_embd,
            shade: 'diverging',
          }),
          fillIn({
            key: 'sum',
            task: 'What enters the first block is the sum of both tables. Compute it, all rows in one formula.',
            rows: T,
            columns: n_embd,
            expected: 'GPT2.RESID([one],0)',
            hint: 'Embedding rows plus position rows: two ranges and a plus sign.',
            solution: '=[emb]+[pos]',
            why: 'That is all: only through this sum do the blocks learn where a token stands.',
          }),
          exercise({
            key: 'apart',
            task: `“ cat” stands at position 0 of sentence one and at position ${T - 1} of sentence two. Compute the cosine of the two rows that enter the first block. INDEX(GPT2.RESID([two],0),${T},0) is the last row of sentence two.`,
            expected: `GPT2.COSINE(INDEX(GPT2.RESID([one],0),1,0),INDEX(GPT2.RESID([two],0),${T},0))`,
            hint: `GPT2.COSINE of two rows, each taken with INDEX from GPT2.RESID.`,
            solution: `=GPT2.COSINE(INDEX(GPT2.RESID([one],0),1,0),INDEX(GPT2.RESID([two],0),${T},0))`,
            why: 'Less than 1: the same word at two places is no longer the same row.',
          }),
        ],
      },
      {
        title: 'Which places look alike?',
        parts: [
          text(
            'The cosine of every position row with every other, for the first 16 places. Nothing in the model says that 8 comes after 7: whatever order shows here was learnt.',
          ),
          predict({
            key: 'neighbour',
            question: 'Which other position will have the row most like that of position 8?',
            answer:
              'LET(near,INDEX(GPT2.COSINE(GPT2.POSITION(16),GPT2.POSITION(16)),9,0),"position "&(MATCH(LARGE(near,2),near,0)-1))',
            why: tiny
              ? 'Position 5, and not a neighbour. This small model keeps its places apart rather than in a line; in real GPT-2 it may look different, and the sheet will show it.'
              : 'The sheet asks the open model. If near places have like rows, the diagonal of the table is broad.',
          }),
          show({
            key: 'near',
            formula: '=GPT2.COSINE(GPT2.POSITION(16),GPT2.POSITION(16))',
            sides: Array.from({ length: 16 }, (_, i) => `position ${i}`),
            heads: Array.from({ length: 16 }, (_, i) => i),
            rows: 16,
            columns: 16,
            shade: 'diverging',
          }),
        ],
      },
      {
        title: 'Order decides what comes next',
        parts: [
          given('a', 'Text A', 'Mike is quick, but Anna is sad. He moves'),
          given('b', 'Text B', 'Mike is sad, but Anna is quick. He moves'),
          predict({
            key: 'nexta',
            question: 'The same eleven tokens. What comes next in text A, and what in text B?',
            answer: '"A:"&GPT2.NEXT([a])&"   B:"&GPT2.NEXT([b])',
            why: tiny
              ? 'A: quickly. B: sadly. The model must have used the order, for nothing else differs.'
              : 'The sheet asks the open model. Whatever differs between A and B comes from the order alone.',
          }),
        ],
      },
    ];
  },
  notes: {
    pace: '5 for the two sentences, 10 for adding, 5 for the map of positions, 5 for the end.',
    misconceptions: [
      'The model does not read from left to right. All rows go through a block at the same time.',
      'There is no row for a position behind the context: a longer text is not possible, not merely bad.',
      'The position is not stored in one extra column. It is spread over the whole row.',
    ],
    ask: [
      'In which languages would the order of words matter less?',
      'What would happen to the position rows if all training texts had four words?',
    ],
  },
};
