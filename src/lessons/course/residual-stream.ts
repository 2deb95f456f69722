import { facts } from '../facts';
import type { Lesson } from '../lesson';
import { chart, exercise, fillIn, given, grid, predict, show, source, text } from '../parts';
import { PROMPT, TOKENS } from '../prompt';

export const residualStream: Lesson = {
  number: 8,
  title: 'The residual stream',
  goal: 'say how the blocks work together: by adding to one stream that all of them read.',
  minutes: 25,
  steps: ({ kind, config: { n_embd, n_layer } }) => {
    const last = (formula: string) => `INDEX(${formula},${TOKENS},0)`;
    const length = (formula: string) => `=SQRT(SUMSQ(${last(formula)}))`;
    const blocks = Array.from({ length: n_layer }, (_, l) => l);
    return [
      {
        title: 'One block, by adding',
        parts: [
          text(
            'Each token has one row that runs through the whole model: the residual stream. A block does not replace it. Its attention adds something, then its MLP adds something. Here is the last row, “ moves”, in block 0.',
          ),
          given('prompt', 'Text', PROMPT),
          show({
            key: 'before',
            formula: `=${last('GPT2.RESID([prompt],0)')}`,
            sides: ['enters block 0'],
            rows: 1,
            columns: n_embd,
            shade: 'diverging',
          }),
          show({
            key: 'attn',
            formula: `=${last('GPT2.ATTN_OUT([prompt],0)')}`,
            sides: ['attention adds'],
            rows: 1,
            columns: n_embd,
            shade: 'diverging',
          }),
          show({
            key: 'mlp',
            formula: `=${last('GPT2.MLP_OUT([prompt],0)')}`,
            sides: ['MLP adds'],
            rows: 1,
            columns: n_embd,
            shade: 'diverging',
          }),
          fillIn({
            key: 'after',
            task: 'What leaves block 0?',
            rows: 1,
            columns: n_embd,
            expected: last('GPT2.RESID([prompt],0,"post")'),
            hint: 'Three rows, two plus signs.',
            solution: '=[before]+[attn]+[mlp]',
            why: 'That is all: the stream is a sum.',
          }),
        ],
      },
      {
        title: 'The stream grows',
        parts: [
          predict({
            key: 'grows',
            question:
              'How many times as long is the row behind the last block as the one that enters block 0?',
            answer: `ROUND(SQRT(SUMSQ(${last(`GPT2.RESID([prompt],${n_layer - 1},"post")`)}))/SQRT(SUMSQ([before])),1)&" times"`,
            why:
              kind === 'tiny'
                ? '15 times. What was there at first becomes a small part; LayerNorm sees to it that the next block can read it all the same.'
                : 'The sheet measures the open model. However long the rows get, LayerNorm sees to it that the next block can read them.',
          }),
          grid({
            key: 'lengths',
            sides: ['enters block 0', ...blocks.map((l) => `leaves block ${l}`)],
            heads: ['length'],
            cells: [
              [length('GPT2.RESID([prompt],0)')],
              ...blocks.map((l) => [length(`GPT2.RESID([prompt],${l},"post")`)]),
            ],
          }),
          chart({
            chart: 'columns',
            title: 'Length of the row of “ moves”',
            categories: '[lengthsNames]',
            series: [{ name: 'length', values: '[lengths]' }],
          }),
        ],
      },
      {
        title: 'Who wrote what',
        parts: [
          text(
            'Because the stream is a sum, it can be taken apart again: embedding, position, and one part from each attention and each MLP.',
          ),
          exercise({
            key: 'writes',
            task: 'How many parts does the final row consist of? GPT2.CONFIG("n_layer") is the number of blocks.',
            expected: '2+2*GPT2.CONFIG("n_layer")',
            hint: 'Two tables at the start, two writers in each block.',
            solution: '=2+2*GPT2.CONFIG("n_layer")',
            why: `2 + 2 × ${n_layer} = ${2 + 2 * n_layer}.`,
          }),
          exercise({
            key: 'rest',
            task: 'How much did all blocks together add? The row behind the last block minus the row that entered block 0.',
            rows: 1,
            columns: n_embd,
            expected: `${last(`GPT2.RESID([prompt],${n_layer - 1},"post")`)}-${last('GPT2.RESID([prompt],0)')}`,
            hint: `${last(`GPT2.RESID([prompt],${n_layer - 1},"post")`)} is the row behind the last block.`,
            solution: `=${last(`GPT2.RESID([prompt],${n_layer - 1},"post")`)}-[before]`,
            why: 'The sum of everything that attention and MLPs have written.',
          }),
          predict({
            key: 'same',
            question:
              'How much of the embedding is left at the end? Guess the cosine of the first and the last row.',
            answer: `ROUND(GPT2.COSINE([before],${last(`GPT2.RESID([prompt],${n_layer - 1},"post")`)}),2)`,
            why:
              kind === 'tiny'
                ? '0.01: nothing. At the end the row no longer says which token stood here, but which one comes next.'
                : 'The sheet measures the open model. At the end the row has to say which token comes next, not which one stood here.',
          }),
          source(facts.stream),
        ],
      },
    ];
  },
  notes: {
    pace: '10 for the sum, 5 for the growth, 10 for taking it apart.',
    misconceptions: [
      'Blocks do not pass finished results on to the next. Each reads everything that has been written so far.',
      'The stream is not the text. It has one row for each token, and each row changes its meaning on the way.',
    ],
    ask: [
      'What happens if one block adds nothing? (The others go on: the stream passes it by.)',
      'Compare with a shared notebook in which people only add lines. What is hard about that?',
    ],
  },
};
