import { NAMESPACE } from '../namespace';
import { addressOf, columnName } from './address';
import { palette } from './looks';
import type { Cell, Sheet } from './sheet';

/** The longest prompt, in tokens, for which every part of the tour has room. */
export const ROOM = 20;
/** The widest model, in dimensions, whose embeddings have room. */
export const WIDTH = 1600;
/** How many of the likeliest next tokens are listed. */
const LISTED = 10;

const BAR_LENGTH = 30;

/** Rows, counted from 1 as a reader sees them. Each block is a heading, an explanation, a header and its body. */
const TOKENS = 9;
const ATTENTION = TOKENS + 3 + ROOM + 2;
const EMBEDDING = ATTENTION + 5 + ROOM + 2;

const call = (name: string, ...args: (string | number)[]) => `${NAMESPACE}.${name}(${args.join(',')})`;
const tokens = call('TOKENS', 'prompt');
const column = (letters: string, row: number) => `${letters}${row}`;

/** A first look inside: change the prompt and watch every stage follow. */
export const tour: Sheet = {
  name: 'Tour',
  columns: [
    { from: 'A', width: 40 },
    { from: 'B', width: 136 },
  ],
  defaultWidth: 68,
  rowHeights: {
    1: 14,
    2: 38,
    3: 24,
    4: 12,
    5: 36,
    6: 22,
    [TOKENS - 2]: 10,
    [TOKENS - 1]: 14,
    [TOKENS]: 30,
    [ATTENTION]: 30,
    [ATTENTION + 2]: 30,
    [EMBEDDING]: 30,
  },
  frozen: { rows: 7, columns: 2 },
  names: { prompt: 'C5', layer: column('C', ATTENTION + 2), head: column('E', ATTENTION + 2) },
  cells: [...opening(), ...tokenBlock(), ...nextBlock(), ...attentionBlock(), ...embeddingBlock()],
  areas: [
    ...[TOKENS + 3, ATTENTION + 5, EMBEDDING + 3].flatMap((row) => [
      { range: `A${row}:A${row + ROOM - 1}`, look: 'position' as const },
      { range: `B${row}:B${row + ROOM - 1}`, look: 'token' as const },
    ]),
    { range: `C${TOKENS + 3}:C${TOKENS + 2 + ROOM}`, look: 'id' },
    { range: `G${TOKENS + 3}:G${TOKENS + 2 + LISTED}`, look: 'token' },
    { range: `H${TOKENS + 3}:H${TOKENS + 2 + LISTED}`, look: 'probability' },
    { range: `I${TOKENS + 3}:I${TOKENS + 2 + LISTED}`, look: 'number' },
    { range: `J${TOKENS + 3}:J${TOKENS + 2 + LISTED}`, look: 'id' },
    { range: `C${ATTENTION + 4}:${columnName(1 + ROOM)}${ATTENTION + 4}`, look: 'tokenAcross' },
    { range: attentionCells(), look: 'number' },
    { range: embeddingCells(), look: 'number' },
  ],
  scales: [
    {
      range: attentionCells(),
      low: { colour: palette.white, at: 0 },
      high: { colour: palette.blue, at: 1 },
    },
    {
      range: embeddingCells(),
      low: { colour: palette.orange },
      middle: palette.white,
      high: { colour: palette.blue },
    },
  ],
};

function opening(): Cell[] {
  return [
    { at: 'B2', content: 'A look inside GPT-2', look: 'title' },
    {
      at: 'B3',
      content: 'Type a sentence into the yellow cell. Every number below is the model at work on it.',
      look: 'lead',
    },
    { at: 'B5', content: 'Prompt', look: 'heading' },
    { at: 'C5', content: 'Mike is quick. He moves', look: 'input', mergedTo: 'H5' },
    { at: 'J5', content: `=${call('NEXT', 'prompt')}`, look: 'answer', mergedTo: 'K5' },
    {
      at: 'C6',
      content: `=ROWS(${tokens})&" tokens"&IF(ROWS(${tokens})>${ROOM},". This tour has room for ${ROOM}: please shorten the sentence.","")`,
      look: 'hint',
    },
    { at: 'J6', content: 'what GPT-2 would write next', look: 'hint' },
  ];
}

function tokenBlock(): Cell[] {
  return [
    ...heading(TOKENS, 'B', 'Tokens', 'The text is cut into pieces with numbers.'),
    ...rowLabels(TOKENS + 2),
    { at: column('C', TOKENS + 2), content: 'id', look: 'caption' },
    {
      at: column('C', TOKENS + 3),
      content: `=${call('IDS', 'prompt')}`,
      spillsTo: column('C', TOKENS + 2 + ROOM),
    },
  ];
}

function nextBlock(): Cell[] {
  const first = TOKENS + 3;
  const captions = ['token', 'probability', 'logit', 'id', ''].map(
    (content, index): Cell => ({ at: addressOf(TOKENS + 1, 6 + index), content, look: 'caption' }),
  );
  const bars = Array.from({ length: LISTED }, (_, index): Cell => {
    const probability = column('H', first + index);
    return {
      at: column('K', first + index),
      content: `=REPT("█",ROUND(${BAR_LENGTH}*${probability},0))`,
      look: 'bar',
    };
  });
  return [
    ...heading(
      TOKENS,
      'G',
      'The next token',
      `GPT-2 gives every token it knows a probability. These are the top ${LISTED}.`,
    ),
    ...captions,
    {
      at: column('G', first),
      content: `=${call('TOP', 'prompt', LISTED)}`,
      spillsTo: column('J', first + LISTED - 1),
    },
    ...bars,
  ];
}

function attentionBlock(): Cell[] {
  const inputs = ATTENTION + 2;
  const header = ATTENTION + 4;
  return [
    ...heading(
      ATTENTION,
      'B',
      'Attention',
      'How much each token (a row) looks back at the tokens before it (the columns). Each row adds up to 1.',
    ),
    { at: column('B', inputs), content: 'Layer', look: 'explanation' },
    { at: column('C', inputs), content: 0, look: 'input' },
    { at: column('D', inputs), content: 'Head', look: 'explanation' },
    { at: column('E', inputs), content: 0, look: 'input' },
    ...rowLabels(header),
    {
      at: column('C', header),
      content: `=TRANSPOSE(${tokens})`,
      spillsTo: addressOf(header - 1, 1 + ROOM),
    },
    {
      at: column('C', header + 1),
      content: `=${call('ATTN', 'prompt', 'layer', 'head')}`,
      spillsTo: addressOf(header + ROOM - 1, 1 + ROOM),
    },
  ];
}

function embeddingBlock(): Cell[] {
  return [
    ...heading(
      EMBEDDING,
      'B',
      'Embeddings',
      'Each token becomes a row of numbers: its meaning, as the model has learned it. Scroll right to see them all.',
    ),
    ...rowLabels(EMBEDDING + 2),
    {
      at: column('C', EMBEDDING + 3),
      content: `=${call('EMBED', 'prompt')}`,
      spillsTo: addressOf(EMBEDDING + 1 + ROOM, 1 + WIDTH),
    },
  ];
}

function heading(row: number, letters: string, title: string, explanation: string): Cell[] {
  return [
    { at: column(letters, row), content: title, look: 'heading' },
    { at: column(letters, row + 1), content: explanation, look: 'explanation' },
  ];
}

/** Positions and tokens down the side of a block, under their captions. */
function rowLabels(header: number): Cell[] {
  return [
    { at: column('A', header), content: '#', look: 'caption' },
    { at: column('B', header), content: 'token', look: 'caption' },
    {
      at: column('A', header + 1),
      content: `=SEQUENCE(ROWS(${tokens}),1,0)`,
      spillsTo: column('A', header + ROOM),
    },
    { at: column('B', header + 1), content: `=${tokens}`, spillsTo: column('B', header + ROOM) },
  ];
}

function attentionCells(): string {
  const first = ATTENTION + 5;
  return `C${first}:${addressOf(first + ROOM - 2, 1 + ROOM)}`;
}

function embeddingCells(): string {
  const first = EMBEDDING + 3;
  return `C${first}:${addressOf(first + ROOM - 2, 1 + WIDTH)}`;
}
