import { type Area, addressOfArea, area } from '../../../src/workbook/address';
import { LOWEST_SHADED } from '../../../src/workbook/shades';
import type { Value } from './book';

/** Each row of a causal mask ends one cell further to the right, and GPT-2 has 1024 positions. */
const MOST_PARTS = 1024;

/**
 * The parts of a range that hold no masked number. LibreOffice goes on to a colour scale after a rule that Excel stops
 * at, so that cells that shall have no colour must not be the scale's.
 *
 * @param valueAt The value of a cell, by row and column from 0.
 * @returns nothing if no number is masked; the whole range if all of it is, or if it would fall into too many parts
 */
export function unmaskedIn(
  range: string,
  valueAt: (row: number, column: number) => Value | undefined,
): readonly string[] | undefined {
  const { top, left, bottom, right } = area(range);
  const parts: Area[] = [];
  let begun: Area[] = [];
  let masked = false;
  for (let row = top; row <= bottom; row++) {
    const shown = Array.from({ length: right - left + 1 }, (_, i) => !isMasked(valueAt(row, left + i)));
    masked ||= shown.includes(false);
    begun = runs(shown).map(([first, last]) => {
      const [from, to] = [left + first, left + last];
      const above = begun.find((part) => part.left === from && part.right === to);
      const part = above ?? { top: row, left: from, bottom: row, right: to };
      part.bottom = row;
      if (!above) parts.push(part);
      return part;
    });
  }
  if (!masked) return undefined;
  return parts.length === 0 || parts.length > MOST_PARTS ? [range] : parts.map((part) => addressOfArea(part));
}

const isMasked = (value: Value | undefined) => typeof value === 'number' && value < LOWEST_SHADED;

/** The first and the last place of each run of what is true. */
function runs(flags: readonly boolean[]): [first: number, last: number][] {
  const found: [number, number][] = [];
  flags.forEach((flag, at) => {
    const run = found.at(-1);
    if (flag && run?.[1] === at - 1) run[1] = at;
    else if (flag) found.push([at, at]);
  });
  return found;
}
