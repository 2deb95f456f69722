import { figure } from '../../src/trace/strings';
import { count } from '../strings';

/** Every word that the view of traces says by itself; explanations bring their own. A translation replaces this file alone. */
export const strings = {
  heading: 'Trace a number',
  lead: 'Select a number in the sheet that a formula of the add-in fills, and see how it came about.',
  empty: (address: string) => `${address} is empty. Select a number that a formula of the add-in fills.`,
  place: (row: number, column: number) => `row ${count(row + 1)}, column ${count(column + 1)}`,
  size: (rows: number, columns: number) => `of ${count(rows)} × ${count(columns)}`,
  pin: 'Pin',
  pinAbout: 'Stay with this number while others are selected',
  back: 'Back',
  backTo: (place: string) => `Back to ${place}`,
  loading: 'Working it out…',
  waiting: 'Waiting for the model…',
  failed: 'This number could not be explained.',
  noFormula: 'This cell holds no formula.',

  layer: (layer: number) => `layer ${layer}`,
  head: (head: number) => `head ${head}`,
  shown: 'shown',
  recomputed: 'recomputed',
  difference: 'difference',
  rounded: 'The cell shows a float32; recomputed is in float64, from the numbers below alone.',
  computed: 'How it is computed',
  from: 'Where it comes from',
  to: 'Where it goes',
  calls: 'The formulas in it',
  rest: 'sum of the rest',
  announce: (stage: string, value: number | string, line: string) =>
    `${stage}: ${typeof value === 'number' ? figure(value) : value}. ${line}`,

  busy: (code: string) => `This cell shows ${code}. It is explained when its value is there.`,
  spillError: 'This formula shows #SPILL!: something is in the way of its result. Clear the cells beside it.',

  /** What a link does, behind its label. */
  ways: {
    explain: 'explain',
    insert: 'insert',
  },
  inserted: (label: string, address: string) => `Inserted ${label} at ${address}.`,
  /** The name of a sheet for a calculation that is written out; and of one for a sum of formulas. */
  sheet: (formula: string) => `Trace ${formula}`,
  sum: 'Sum',

  write: 'Write this out in cells',
  writeAbout: 'Puts the calculation on a new sheet in native formulas, with CHECK beside the value.',
  writing: 'Writing…',
  written: (address: string) => `Written out in ${address}.`,
  toNumber: (address: string) => `Back to ${address}`,
  undo: 'Undo',
  undoRegardless: 'Undo all the same',
  undone: (address: string) => `Took ${address} back.`,
  changed: (n: number, address: string) =>
    `${count(n)} ${n === 1 ? 'cell' : 'cells'} of ${address} changed since it was written. Undo would take that back, too. Nothing was undone.`,
  wentWrong: 'That did not work.',

  argument: {
    calculation: (argument: string) =>
      `it is a calculation that only the spreadsheet does. Put ${argument} in a cell of its own, and refer to that.`,
    unknown: (name: string) => `there is no formula ${name}.`,
    streams: (name: string) => `${name} gives its result bit by bit. Put it in a cell of its own.`,
    shapes: 'the ranges that are added are not of one size.',
    notNumbers: 'a sum takes numbers alone.',
    noSheet: 'there is no spreadsheet around this page. Write the text or the numbers themselves.',
  },

  byHand: {
    lead: 'No spreadsheet around this page: type a formula, and which number of its result to explain.',
    formula: 'Formula',
    row: 'Row',
    column: 'Column',
    explain: 'Explain',
    example: (namespace: string) => `=${namespace}.SCORES("Mike is quick. He moves", 0, 1)`,
    notWhole: (label: string, value: string) =>
      `${label} is “${value}”. Allowed are whole numbers from 1, as in a sheet.`,
  },
} as const;
