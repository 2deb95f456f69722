import type { FillIn } from './lesson';

const USUAL_TOLERANCE = 0.001;

/**
 * A formula, without `=`, that is TRUE when what stands in `[key]` is right. Functions that every spreadsheet has; while
 * a cell is empty, holds something else or is still being calculated, it is FALSE.
 */
export function isRight({ key, rows = 1, columns = 1, expected, accepts, tolerance }: FillIn): string {
  if (accepts !== undefined) return `IFERROR(${accepts},FALSE)`;
  if (expected === undefined)
    throw new RangeError(`${key} says neither what is expected nor what is accepted.`);
  if (tolerance === 'text') return `IFERROR(EXACT(TRIM([${key}]),TRIM(${expected})),FALSE)`;
  const far = `SUMPRODUCT((ABS([${key}]-(${expected}))>${tolerance ?? USUAL_TOLERANCE})*1)`;
  // Blank cells would count as 0.
  return `IFERROR(IF(COUNT([${key}])=${rows * columns},${far}=0,FALSE),FALSE)`;
}
