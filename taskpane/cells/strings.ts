import type { Change, Selection } from '../../src/host/host';
import { count, strings as shared } from '../strings';

const rows = (n: number) => `${count(n)} ${n === 1 ? 'row' : 'rows'}`;
const tokens = (n: number) => shared.model.tokens(n);

const DONE: Readonly<Record<Change['kind'], string>> = {
  write: 'writing',
  insert: 'inserting sheets',
  shade: 'shading',
  labelRows: 'labels',
  freeze: 'freezing',
};

/** How many of the cells that were changed are named. */
const NAMED = 3;

/** Every word of the view of cells. A translation replaces this file alone. */
export const strings = {
  heading: 'Make cells readable',
  lead: 'Select a cell that a formula fills.',
  noSheet: 'No spreadsheet around this page. Open the add-in in Excel, or the workbench, to work on cells.',
  spill: (formula: string) => `The spill of ${formula}`,
  size: (spill: NonNullable<Selection['spill']>) => `${count(spill.rows)} × ${count(spill.columns)}`,
  formula: (formula: string) => `One cell: ${formula}`,
  value: 'No formula',
  empty: 'Empty',
  failed: 'What is selected cannot be told.',
  actions: {
    shade: { label: 'Shade', about: 'Colours numbers by value, and shows two decimals.' },
    labelRows: { label: 'Label rows', about: 'Puts the tokens of the prompt to the left.' },
    freeze: { label: 'Freeze to values', about: 'Keeps the numbers when the prompt changes.' },
    undo: { label: 'Undo', about: 'Puts back what was there before.' },
  },
  last: ({ kind, address }: Change) => `Takes back the ${DONE[kind]} of ${address}.`,
  nothing: 'Nothing to take back yet.',
  shaded: {
    sequential: (address: string) => `Shaded ${address}: white at 0, blue at the highest value.`,
    diverging: (address: string) => `Shaded ${address}: orange below 0, white at 0, blue above.`,
  },
  asking: 'Asking the model for the tokens…',
  labelled: (n: number, address: string) => `Put ${tokens(n)} into ${address}.`,
  frozen: (address: string) => `${address} holds values now. The formula comes back with Undo.`,
  undone: ({ kind, address }: Change) => `Took back the ${DONE[kind]} of ${address}.`,
  changed: (addresses: readonly string[], { kind, address }: Change) => {
    const [first, more] = [addresses.slice(0, NAMED).join(', '), addresses.length - NAMED];
    const named = more > 0 ? `${first} and ${count(more)} more` : first;
    return `${named} changed since the ${DONE[kind]} of ${address}. Undo would overwrite that. Nothing was undone.`;
  },
  undoRegardless: 'Undo all the same',
  keep: 'Keep as it is',
  kept: 'Everything stays as it is.',
  cannot: (action: string) => `${action} is not possible in this spreadsheet.`,
  wentWrong: 'That did not work.',
  prompt: {
    noCall: (address: string) =>
      `${address} is not filled by one of the add-in's formulas alone. Select a cell of one whose rows are tokens, such as GPT2.ATTN.`,
    otherRows: (name: string) =>
      `The rows of ${name} are not the tokens of its prompt, so they get no labels.`,
    calculated: (argument: string) =>
      `The prompt cannot be read from ${argument}, which is a calculation. Put it into a cell of its own.`,
    notOne: (argument: string) =>
      `${argument} is neither one cell of text nor a column of token ids, so the tokens cannot be told.`,
    otherCount: (n: number, address: string, high: number) =>
      `The prompt is ${tokens(n)}, but ${address} has ${rows(high)}.`,
  },
} as const;
