import type { Config } from '../gpt2/config';
import { messages } from './messages';

/** A rectangle of cell values as the host hands it over: numbers, texts, TRUE and FALSE, "" for blank. */
export type Cells = readonly (readonly unknown[])[];

/** Whether an argument was left out, or points at a blank cell. */
export const isBlank = (value: unknown): boolean => value === null || value === undefined || value === '';

const ERROR_TEXT =
  /^#(N\/A|VALUE!|REF!|DIV\/0!|NUM!|NAME\?|NULL!|SPILL!|CALC!|BUSY!|CONNECT!|FIELD!|BLOCKED!|GETTING_DATA)$/;

/** The error that a cell value stands for, or undefined: hosts hand errors over as text or as objects with a code. */
export function errorIn(value: unknown): string | undefined {
  const code = typeof value === 'object' && value !== null ? (value as { code?: unknown }).code : value;
  return typeof code === 'string' && ERROR_TEXT.test(code) ? code : undefined;
}

/** The cells of an argument; a value alone is one cell. @throws CellError naming the place of an error value among them */
export function cellsOf(parameter: string, value: unknown): Cells {
  const cells = Array.isArray(value) ? (value as unknown[][]) : [[value]];
  cells.forEach((row, r) => {
    row.forEach((cell, c) => {
      const error = errorIn(cell);
      if (error) throw messages.errorInside(parameter, error, r + 1, c + 1);
    });
  });
  return cells;
}

/** What a whole number may be. */
interface Bounds {
  readonly least: number;
  readonly most: number;
  /** What stands for an argument that was left out; without it the argument is required. */
  readonly otherwise?: number;
}

/** A whole number within bounds, both included. */
export function wholeNumber(parameter: string, value: unknown, { least, most, otherwise }: Bounds): number {
  const allowed = `a whole number from ${least} to ${most}`;
  return number(parameter, value, allowed, (n) => Number.isInteger(n) && n >= least && n <= most, otherwise);
}

/** A block of the model, counted from 0. */
export const layerOf = (value: unknown, { n_layer }: Config): number =>
  wholeNumber('layer', value, { least: 0, most: n_layer - 1 });

/** A number that `accepts` lets pass; `allowed` says in words which those are. */
export function number(
  parameter: string,
  value: unknown,
  allowed: string,
  accepts: (n: number) => boolean,
  otherwise?: number,
): number {
  const error = errorIn(value);
  if (error) throw messages.errorAlone(parameter, error);
  if (isBlank(value)) {
    if (otherwise === undefined) throw messages.missing(parameter, allowed);
    return otherwise;
  }
  const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof n !== 'number' || !accepts(n)) throw messages.notAllowed(parameter, value, allowed);
  return n;
}

/** One of several words, in any case; the first stands for an argument that was left out. */
export function choice<const T extends string>(parameter: string, value: unknown, words: readonly T[]): T {
  if (isBlank(value)) return words[0] as T;
  const found = words.find((word) => word === String(value).trim().toLowerCase());
  const allowed = words.map((word) => `"${word}"`).join(' or ');
  if (!found) throw messages.notAllowed(parameter, value, allowed);
  return found;
}
