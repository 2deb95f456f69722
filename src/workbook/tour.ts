import { NAMESPACE } from '../namespace';
import { addressOf, columnName } from './address';
import { palette } from './looks';
import type { Cell, Sheet } from './sheet';

/** The longest prompt, in tokens, for which every part of the tour has room. */
export const ROOM = 16;
/** The widest model, in dimensions, whose embeddings have room. */
export const WIDTH = 1600;
/** How many of the likeliest next tokens are listed. */
const LISTED = 10;

/** Blocks in the bar of a probability of 1. */
const BAR_LENGTH = 30;

/** Rows, counted from 1 as a reader sees them. Each block is a heading, a header and its body. */
const TOKENS = 9;
const ATTENTION = TOKENS + 2 + ROOM + 2;
const EMBEDDING = ATTENTION + 4 + ROOM + 2;

const call = (name: string, ...args: (string | number)[]) => `${NAMESPACE}.${name}(${args.join(',')})`;
const tokens = call('TOKENS', 'prompt');

/** A first look inside: change the prompt and watch every stage follow. Labels stay at the left, in view. */
export const tour: Sheet = {
  name: 'Tour',
  columns: [
    { from: 'A', width: 40 },
    { from: 'B', width: 140 },
    { from: 'F', width: 112 },
  ],
  defaultWidth: 84,
  rowHeights: {
    1: 10,
    2: 40,
    3: 24,
    4: 12,
    5: 38,
    6: 24,
    7: 8,
    [TOKENS - 1]: 8,
    [TOKENS]: 32,
    [ATTENTION]: 32,
    [ATTENTION + 1]: 34,
    [EMBEDDING]: 32,
  },
  frozen: { rows: 7, columns: 2 },
  start: 'C5',
  names: { prompt: 'C5', layer: `D${ATTENTION + 1}`, head: `F${ATTENTION + 1}` },
  cells: [...opening(), ...tokenBlock(), ...nextBlock(), ...attentionBlock(), ...embeddingBlock()],
  areas: [
    ...[TOKENS + 2, ATTENTION + 3, EMBEDDING + 2].flatMap((row) => [
      { range: down('A', row, ROOM), look: 'position' as const },
      { range: down('B', row, ROOM), look: 'token' as const },
    ]),
    { range: down('C', TOKENS + 2, ROOM), look: 'id' },
    { range: down('F', TOKENS + 2, LISTED), look: 'token' },
    { range: down('G', TOKENS + 2, LISTED), look: 'probability' },
    { range: down('H', TOKENS + 2, LISTED), look: 'logit' },
    { range: down('I', TOKENS + 2, LISTED), look: 'id' },
    { range: `C${ATTENTION + 2}:${columnName(1 + ROOM)}${ATTENTION + 2}`, look: 'tokenAcross' },
    { range: attentionCells(), look: 'number' },
    { range: embeddingCells(), look: 'number' },
  ],
  scales: [
    {
      range: attentionCells(),
      low: { colour: palette.white, at: 0 },
      high: { colour: palette.softBlue, at: 1 },
    },
    {
      range: embeddingCells(),
      low: { colour: palette.softOrange },
      middle: palette.white,
      high: { colour: palette.softBlue },
    },
  ],
};

function opening(): Cell[] {
  return [
    { at: 'C2', content: 'A look inside GPT-2', look: 'title' },
    {
      at: 'C3',
      content:
        'Type into the yellow cell, for example “Once there was a”. Every number below is the model at work on it.',
      look: 'lead',
    },
    { at: 'B5', content: 'Prompt', look: 'label' },
    { at: 'C5', content: 'Mike is quick. He moves', look: 'input', mergedTo: 'G5' },
    { at: 'H5', content: '→', look: 'arrow' },
    { at: 'I5', content: `=${call('NEXT', 'prompt')}`, look: 'answer', mergedTo: 'J5' },
    {
      at: 'C6',
      content: `=ROWS(${tokens})&" tokens"&IF(ROWS(${tokens})>${ROOM},": too long for this sheet, which has room for ${ROOM}","")`,
      look: 'hint',
    },
    { at: 'I6', content: 'what GPT-2 would write next', look: 'hint' },
  ];
}

function tokenBlock(): Cell[] {
  const first = TOKENS + 2;
  return [
    ...heading(TOKENS, 'B', 'Tokens'),
    { at: `C${TOKENS}`, content: 'Text, cut into numbered pieces.', look: 'explanation' },
    ...rowLabels(TOKENS + 1),
    { at: `C${TOKENS + 1}`, content: 'id', look: 'captionOfNumbers' },
    { at: `C${first}`, content: `=${call('IDS', 'prompt')}`, spillsTo: `C${first + ROOM - 1}` },
  ];
}

function nextBlock(): Cell[] {
  const first = TOKENS + 2;
  const captions: Cell[] = [
    { at: `F${first - 1}`, content: 'next token', look: 'caption' },
    { at: `G${first - 1}`, content: 'probability', look: 'captionOfNumbers' },
    { at: `H${first - 1}`, content: 'logit', look: 'captionOfNumbers' },
    { at: `I${first - 1}`, content: 'id', look: 'captionOfNumbers' },
  ];
  const bars = Array.from({ length: LISTED }, (_, index): Cell => {
    const row = first + index;
    return { at: `J${row}`, content: `=" "&REPT("█",ROUND(${BAR_LENGTH}*G${row},0))`, look: 'bar' };
  });
  return [
    ...heading(TOKENS, 'F', 'What comes next'),
    { at: `I${TOKENS}`, content: `The ${LISTED} likeliest tokens.`, look: 'explanation' },
    ...captions,
    { at: `F${first}`, content: `=${call('TOP', 'prompt', LISTED)}`, spillsTo: `I${first + LISTED - 1}` },
    ...bars,
  ];
}

function attentionBlock(): Cell[] {
  const inputs = ATTENTION + 1;
  const header = ATTENTION + 2;
  return [
    ...heading(ATTENTION, 'B', 'Attention'),
    {
      at: `C${ATTENTION}`,
      content: 'How much each token (row) looks back at the tokens before it (columns). A row adds up to 1.',
      look: 'explanation',
    },
    { at: `C${inputs}`, content: 'Layer', look: 'inputLabel' },
    { at: `D${inputs}`, content: 0, look: 'choice' },
    { at: `E${inputs}`, content: 'Head', look: 'inputLabel' },
    { at: `F${inputs}`, content: 1, look: 'choice' },
    {
      at: `G${inputs}`,
      content:
        'In the embedded model, layer 0 head 1 looks at the token before, layer 1 head 3 at what followed the last time.',
      look: 'hint',
    },
    ...rowLabels(header),
    { at: `C${header}`, content: `=TRANSPOSE(${tokens})`, spillsTo: addressOf(header - 1, 1 + ROOM) },
    {
      at: `C${header + 1}`,
      content: `=${call('ATTN', 'prompt', 'layer', 'head')}`,
      spillsTo: addressOf(header + ROOM - 1, 1 + ROOM),
    },
  ];
}

function embeddingBlock(): Cell[] {
  const first = EMBEDDING + 2;
  return [
    ...heading(EMBEDDING, 'B', 'Embeddings'),
    {
      at: `C${EMBEDDING}`,
      content: 'What the model knows of each token before it reads the sentence: a long row of numbers.',
      look: 'explanation',
    },
    ...rowLabels(EMBEDDING + 1),
    {
      at: `C${first}`,
      content: `=${call('EMBED', 'prompt')}`,
      spillsTo: addressOf(first + ROOM - 2, 1 + WIDTH),
    },
  ];
}

function heading(row: number, letters: string, title: string): Cell[] {
  return [{ at: `${letters}${row}`, content: title, look: 'heading' }];
}

/** Positions and tokens down the side of a block, under their captions. */
function rowLabels(header: number): Cell[] {
  const first = header + 1;
  return [
    { at: `A${header}`, content: '#', look: 'captionOfPositions' },
    { at: `B${header}`, content: 'token', look: 'caption' },
    { at: `A${first}`, content: `=SEQUENCE(ROWS(${tokens}),1,0)`, spillsTo: `A${header + ROOM}` },
    { at: `B${first}`, content: `=${tokens}`, spillsTo: `B${header + ROOM}` },
  ];
}

function attentionCells(): string {
  const first = ATTENTION + 3;
  return `C${first}:${addressOf(first + ROOM - 2, 1 + ROOM)}`;
}

function embeddingCells(): string {
  const first = EMBEDDING + 2;
  return `C${first}:${addressOf(first + ROOM - 2, 1 + WIDTH)}`;
}

/** The range of so many cells from a row downwards. */
function down(letters: string, row: number, count: number): string {
  return `${letters}${row}:${letters}${row + count - 1}`;
}
