import { count } from '../strings';

/** How many of several names are told. */
const NAMED = 4;

const listed = (names: readonly string[]): string =>
  names.length > NAMED
    ? `${names.slice(0, NAMED).join(', ')} and ${count(names.length - NAMED)} more`
    : names.join(', ');

/** Every word about sheets that are inserted. A translation replaces this file alone. */
export const strings = {
  progress: 'Inserting sheets',
  cancel: 'Cancel',
  inserting: (sheet: string, percent: number) => `${sheet}, ${percent} %`,
  announcePercent: (percent: number) => `${percent} percent inserted`,
  done: (sheets: readonly string[]) =>
    sheets.length === 1
      ? `Inserted the sheet ${sheets[0]}.`
      : `Inserted ${count(sheets.length)} sheets: ${listed(sheets)}. Begin on ${sheets[0]}.`,
  cancelled: 'Cancelled. Nothing was left behind.',
  taken: (sheets: readonly string[]) =>
    sheets.length === 1
      ? `There is already a sheet ${sheets[0]}. Replacing it loses what is typed in it.`
      : `There are already ${count(sheets.length)} of these sheets: ${listed(sheets)}. Replacing them loses what is typed in them.`,
  replace: 'Replace',
  beside: 'Keep, insert beside',
  left: 'Everything stays as it is.',
  undo: 'Undo',
  undoAbout: 'Takes the sheets away again.',
  undone: 'The sheets are gone again.',
  changed: (addresses: readonly string[]) =>
    `${listed(addresses)} changed since. Undo would lose that. Nothing was undone.`,
  notLast: 'Something else was done since. Take that back first, in the view Cells.',
  undoRegardless: 'Undo all the same',
  keep: 'Keep as it is',
  wentWrong: 'The sheets could not be inserted.',
} as const;
