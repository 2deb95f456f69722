import { MASKED } from '../gpt2/activations';
import { absolute } from './address';
import { palette } from './looks';
import type { ColourScale } from './sheet';

/**
 * How values become colours: `sequential` from 0 up to the highest, for probabilities and attention; `diverging` from
 * 0 to both sides, equally far, for everything that has a sign.
 */
export type Shading = 'sequential' | 'diverging';

/** Numbers this low stand for what a token may not see: they would leave no colours for the others. */
export const LOWEST_SHADED = MASKED / 10;

/**
 * A colour scale over a range. Blue and orange are told apart by nearly everyone; where there are no colours at all,
 * the numbers still carry their sign.
 */
export function shadeOf(range: string, shading: Shading): ColourScale {
  return shading === 'sequential'
    ? { range, low: { colour: palette.white, at: 0 }, high: { colour: palette.softBlue } }
    : {
        range,
        low: { colour: palette.softOrange },
        middle: palette.white,
        high: { colour: palette.softBlue },
        even: true,
      };
}

/**
 * The lowest number of a range without what is masked, as a formula for the end of a colour scale. Excel takes absolute
 * addresses there and no arrays; LibreOffice no function that has a prefix in files, such as MINIFS, and then shows no
 * colour at all. Of a range without such numbers it is 0: a range may wait for its formulas.
 */
export function lowestIn(range: string): string {
  const all = absolute(range);
  return `IFERROR(SMALL(${all},COUNTIF(${all},"<${LOWEST_SHADED}")+1),0)`;
}

/** How far from 0 the farthest number of a range lies, without what is masked, as a formula like {@link lowestIn}. */
export const farthestIn = (range: string): string => `MAX(MAX(${absolute(range)}),-${lowestIn(range)})`;

/**
 * The number format that lets shaded numbers be read at a glance: two decimals, and a word for what is masked.
 *
 * @returns Nothing for whole numbers, which are read best as they are.
 */
export function formatOfShaded(values: readonly (readonly unknown[])[]): string | undefined {
  const numbers = values.flat().filter((value) => typeof value === 'number');
  if (numbers.every((value) => Number.isInteger(value))) return undefined;
  const masked = numbers.some((value) => value < LOWEST_SHADED);
  // With a condition of its own before them, numbers below 0 must be given their sign.
  return masked ? `[<${LOWEST_SHADED}]"masked";[<0]-0.00;0.00` : '0.00';
}
