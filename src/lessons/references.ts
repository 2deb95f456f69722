import { addressOfArea, onSheet } from '../workbook/address';

/** Where a part's cells lie: rows and columns from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

const REFERENCE = /\[([a-z]\w*)(?:@(\d+)?(?:-(\d+))?(?:,(\d+)(?:-(\d+))?)?)?\]/gi;

/**
 * Puts addresses in the place of `[key]`, `[key@2]`, `[key@,1]`, `[key@2,1]` and `[key@0-3,1-2]`.
 *
 * @param sheet Names the sheet in each address, for formulas on another one.
 * @throws RangeError when there is no part of that key, or no such cell in it.
 */
export function resolve(content: string, places: ReadonlyMap<string, Place>, sheet?: string): string {
  return content.replace(
    REFERENCE,
    (whole, key: string, r0?: string, r1?: string, c0?: string, c1?: string) => {
      const place = places.get(key);
      if (!place) throw new RangeError(`${whole} refers to no part of this lesson.`);
      const [top, bottom] = span(whole, place.rows, r0, r1);
      const [left, right] = span(whole, place.columns, c0, c1);
      const address = addressOfArea({
        top: place.row + top,
        bottom: place.row + bottom,
        left: place.column + left,
        right: place.column + right,
      });
      return sheet === undefined ? address : onSheet(sheet, address);
    },
  );
}

function span(whole: string, size: number, from?: string, to: string | undefined = from): [number, number] {
  const [first, last] = from === undefined ? [0, size - 1] : [Number(from), Number(to)];
  if (first > last || last >= size) throw new RangeError(`${whole} has no such cell: it has ${size}.`);
  return [first, last];
}
