import { CellError } from './cell-error';

/** Every sentence in which a formula refuses its arguments. Each names the parameter, its value and what is allowed. */

const refuse = (message: string) => new CellError('#VALUE!', message);

/** A value as a person would write it, cut to a length that fits a message. */
export function show(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'blank';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') {
    return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`.replace(/\s+/g, ' ');
  }
  return typeof value === 'number' ? String(value) : 'a value of another type';
}

/** For example "3×96". */
export const sized = (rows: number, columns: number): string => `${rows}×${columns}`;

export const messages = {
  missing: (parameter: string, allowed: string) => refuse(`${parameter} is missing: give ${allowed}.`),
  notAllowed: (parameter: string, value: unknown, allowed: string) =>
    refuse(`${parameter} is ${show(value)}: give ${allowed}.`),
  errorInside: (parameter: string, error: string, row: number, column: number) =>
    refuse(`${parameter} holds ${error} in row ${row}, column ${column} of the range: mend that cell first.`),
  errorAlone: (parameter: string, error: string) => refuse(`${parameter} is ${error}: mend that cell first.`),
  notOneCell: (parameter: string, rows: number, columns: number) =>
    refuse(`${parameter} is a ${sized(rows, columns)} range: give one cell of text.`),
  severalTexts: (parameter: string, rows: number, columns: number) =>
    refuse(`${parameter} is a ${sized(rows, columns)} range with text in it: give one cell of text.`),
  textAmongNumbers: (parameter: string, value: unknown, row: number, column: number) =>
    refuse(
      `${parameter} holds ${show(value)} among numbers, in row ${row}, column ${column} of the range: ` +
        'give one cell of text, or one column of token ids.',
    ),
  notANumber: (parameter: string, value: unknown, row: number, column: number) =>
    refuse(
      `${parameter} holds ${show(value)} in row ${row}, column ${column} of the range: give numbers only.`,
    ),
  notFinite: (parameter: string, value: unknown, row: number, column: number) =>
    refuse(
      `${parameter} holds ${show(value)} in row ${row}, column ${column} of the range: float32 goes up to 3.4e38.`,
    ),
  wrongWidth: (parameter: string, rows: number, columns: number, width: number) =>
    refuse(
      `${parameter} is a ${sized(rows, columns)} range of numbers: give a prompt (one cell of text), token ids (one ` +
        `column of whole numbers), or cells in ${width} columns, as many as this model is wide (d_model).`,
    ),
  wrongLength: (parameter: string, rows: number, columns: number, n: number) =>
    refuse(
      `${parameter} is a ${sized(rows, columns)} range: give ${n} numbers in one row or one column, or one number.`,
    ),
  wrongShape: (parameter: string, rows: number, columns: number, allowed: string) =>
    refuse(`${parameter} is a ${sized(rows, columns)} range: give ${allowed}.`),
  allZeros: (parameter: string, row: number) =>
    refuse(
      `${parameter} is all zeros in row ${row} of the range, and so points nowhere: give a vector with a number other than 0.`,
    ),
  nothingLeft: (sum: string) =>
    refuse(`${sum} is all zeros, and so points nowhere: give other tokens or vectors.`),
  overflow: (value: number, row: number, column: number) =>
    refuse(
      `The result holds ${show(value)} in row ${row}, column ${column}: float32 goes up to 3.4e38. Give smaller numbers.`,
    ),
  unknownName: (parameter: string, value: string, nearest: readonly string[]) =>
    refuse(
      `${parameter} is ${show(value)}: no parameter of this model has that name. The nearest names are ` +
        `${nearest.join(', ')}; PARAMS lists them all.`,
    ),
  noMatch: (parameter: string, value: string) =>
    refuse(
      `${parameter} is ${show(value)}: it fits the name of no parameter. Give a name with * for any characters and ? ` +
        'for one, as in "h.0.*", or nothing for all.',
    ),
  textTooLong: (parameter: string, text: string, tokens: number, most: number) =>
    refuse(`${parameter} holds ${show(text)}, which is ${tokens} tokens: this model takes at most ${most}.`),
  noTexts: (parameter: string) =>
    refuse(`${parameter} holds blank cells only: give at least one cell of text.`),
  notAText: (parameter: string, value: unknown, row: number, column: number) =>
    refuse(`${parameter} holds ${show(value)} in row ${row}, column ${column} of the range: give texts.`),
  notIds: (parameter: string, rows: number, columns: number) =>
    refuse(
      `${parameter} is a ${sized(rows, columns)} range of numbers: give a prompt (one cell of text) or ` +
        'token ids (one column of whole numbers).',
    ),
  notAnId: (parameter: string, value: unknown, row: number) =>
    refuse(`${parameter} holds ${show(value)} in row ${row}: token ids are whole numbers from 0.`),
  idOutOfRange: (parameter: string, id: number, row: number, size: number) =>
    refuse(
      `${parameter} holds ${id} in row ${row}: this model's token ids go from 0 to ${size - 1}. To give digits as ` +
        `text, put them in quotes: "${id}".`,
    ),
  notOneToken: (parameter: string, text: string, ids: readonly number[]) =>
    refuse(
      `${parameter} holds ${show(text)}, which is ${ids.length} tokens: give single tokens, with the space before ` +
        'them if they have one, or token ids.',
    ),
  notATextInEach: (parameter: string, value: unknown, row: number, column: number) =>
    refuse(
      `${parameter} holds ${show(value)} in row ${row}, column ${column} of the range: give a text in every cell.`,
    ),
  /** @param room how many tokens fit, and why no more */
  tooManyTokens: (parameter: string, text: string, tokens: number, room: string) =>
    refuse(
      `${parameter} is ${show(text)}, which is ${tokens} ${tokens === 1 ? 'token' : 'tokens'}: ${room}.`,
    ),
  noMerges: (parameter: string, text: string) =>
    new CellError(
      '#N/A',
      `${parameter} is ${show(text)}, in which no two neighbours are merged: give a text with common words.`,
    ),
  tooLarge: (rows: number, columns: number, limit: string, instead: string) =>
    refuse(`The result is ${sized(rows, columns)} cells, over ${limit}: ${instead}.`),
};
