import { facts, GPT2_NAMES } from '../facts';
import type { Lesson } from '../lesson';
import { exercise, fillIn, given, grid, predict, source, text } from '../parts';

/** More blocks than this would not fit a screen. */
const MOST = 24;

export const depth: Lesson = {
  number: 11,
  title: 'Why 12 layers',
  goal: 'show, by looking between the blocks and by skipping them, what depth is good for.',
  minutes: 30,
  steps: ({ config: { n_layer }, kind }) => {
    const tiny = kind === 'tiny';
    const { blocks: blocksOf, width } = facts.gpt2Shapes.figures;
    const end = n_layer - 1;
    const blocks = Array.from({ length: Math.min(n_layer, MOST) }, (_, l) => l);
    const lens = (layer: number) => `GPT2.FINAL(GPT2.RESID([prompt],${layer},"post"))`;
    /** The final rows of the model without one of its blocks. */
    const without = (layer: number) =>
      layer === end
        ? `GPT2.FINAL(GPT2.RESID([prompt],${end}))`
        : `GPT2.FINAL(GPT2.BLOCK(GPT2.RESID([prompt],${layer}),${layer + 1},${end}))`;
    const now = (rows: string) => [`=GPT2.NEXT(${rows})`, `=GPT2.PROBS(${rows},-1,[answer])`];
    return [
      {
        title: 'Looking in between',
        parts: [
          text(
            `This model has ${n_layer} blocks. Every block writes to the same stream, so we can take the stream early and ask: if the model ended here, what would it say? This is called the logit lens.`,
          ),
          given('prompt', 'Text', 'Mike is quick, but Anna is sad. He moves'),
          given('answer', 'Token', ' quickly'),
          predict({
            key: 'when',
            question: `After which of the blocks 0 to ${end} is “ quickly” at last the likeliest token?`,
            answer: 'IFERROR("after block "&MATCH([answer],[early@,0],0)-1,"never, in this model")',
            why: tiny
              ? 'After block 1. The blocks behind it make it surer still, as the table shows.'
              : 'The sheet asks the open model; no result is promised.',
          }),
          grid({
            key: 'early',
            sides: blocks.map((l) => `after block ${l}`),
            heads: ['likeliest', 'p of token'],
            look: ['token', 'probability'],
            cells: blocks.map((l) => now(lens(l))),
          }),
          fillIn({
            key: 'lens',
            task: 'The probability of “ quickly” if the model ended after block 0. Type the formula yourself.',
            expected: `GPT2.PROBS(${lens(0)},-1,[answer])`,
            tolerance: 0.000001,
            hint: 'PROBS, with -1 and the token, of FINAL of RESID(text, 0, "post").',
            solution: `=GPT2.PROBS(${lens(0)},-1,[answer])`,
            why: 'FINAL is the last LayerNorm, which every stream needs before it can be compared with the tokens.',
          }),
          source(facts.lens),
        ],
      },
      {
        title: 'Skipping a block',
        parts: [
          text(
            'A block adds to the stream. Leave one out, and the stream goes on without its part. What breaks?',
          ),
          predict({
            key: 'worst',
            question: 'Which block will the model miss most at this text?',
            answer: `"block "&MATCH(MIN([skip@,1]),[skip@,1],0)-1`,
            why: tiny
              ? 'Block 1: it holds the heads that look back for what was said, and the later blocks build on them.'
              : 'The sheet asks the open model.',
          }),
          grid({
            key: 'skip',
            sides: blocks.map((l) => `without block ${l}`),
            heads: ['likeliest', 'p of token'],
            look: ['token', 'probability'],
            cells: blocks.map((l) => now(without(l))),
          }),
          exercise({
            key: 'last',
            task: 'What would the model say without its last block? Type the formula; take the rows that enter that block.',
            expected: `GPT2.NEXT(${without(end)})`,
            tolerance: 'text',
            hint: `Start from GPT2.RESID([prompt],${end}); then FINAL and NEXT.`,
            solution: `=GPT2.NEXT(${without(end)})`,
            why: 'The same as in the last row of the table.',
          }),
        ],
      },
      {
        title: 'Two blocks for a copy',
        parts: [
          text(
            'To go on with a sequence that came before, the model needs two steps: write down of each token which one stood before it, then look for where the present token stood. The second step reads what the first wrote; so they need two blocks.',
          ),
          given('twice', 'Text', ' basket knock box dark girl new rabbit hard basket knock box'),
          grid({
            key: 'copy',
            sides: blocks.map((l) => `after block ${l}`),
            heads: ['likeliest', 'p of “ dark”'],
            look: ['token', 'probability'],
            cells: blocks.map((l) => {
              const rows = `GPT2.FINAL(GPT2.RESID([twice],${l},"post"))`;
              return [`=GPT2.NEXT(${rows})`, `=GPT2.PROBS(${rows},-1," dark")`];
            }),
          }),
          predict({
            key: 'first',
            question: 'After which block does the probability of “ dark” jump most? Guess, then look.',
            answer: `LET(now,[copy@,1],jump,now-IF(SEQUENCE(${blocks.length})=1,0,INDEX(now,IF(SEQUENCE(${blocks.length})=1,1,SEQUENCE(${blocks.length})-1))),"after block "&MATCH(MAX(jump),jump,0)-1)`,
            why: tiny
              ? 'After block 1, where the induction heads of lesson 6 are.'
              : 'The sheet asks the open model.',
          }),
          source(facts.induction, facts.twoLayers),
        ],
      },
      {
        title: 'How deep are GPT-2s?',
        parts: [
          text(
            'The four sizes of GPT-2. Why just these numbers? They were chosen so that each has some two to three times the parameters of the one before. The larger ones did better.',
          ),
          grid({
            key: 'sizes',
            sides: GPT2_NAMES,
            heads: ['blocks', 'width'],
            look: 'whole',
            cells: blocksOf.map((count, i) => [count, width[i] as number]),
          }),
          exercise({
            key: 'ratio',
            task: 'How many blocks more has the largest than the smallest? Give the quotient.',
            expected: '[sizes@3,0]/[sizes@0,0]',
            hint: 'Divide one cell of the table by another.',
            solution: '=[sizes@3,0]/[sizes@0,0]',
            why: 'Four times as many blocks; the width is only about twice as large.',
          }),
          source(facts.gpt2Shapes, facts.gpt2Sizes),
        ],
      },
    ];
  },
  notes: {
    pace: '10 for looking in between, 10 for skipping, 10 for copying and the sizes.',
    misconceptions: [
      'The lens shows what the stream would say, not what the model “thinks” at that depth.',
      'A block that can be skipped here may be what another text needs.',
      'The number of a block does not say what it is good for: that has to be measured, text by text.',
    ],
    ask: [
      'Could one very wide block replace twelve? What could it not do?',
      'Why can a model with one block not copy a sequence that it sees for the first time?',
    ],
  },
};
