/** Of what is kept, in this form. A browser may hold what a later version has written. */
export const VERSION = 1;

/** A workbook that is kept in this browser, without what is in it. */
export interface Entry {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** When it was last written, in milliseconds since 1970. */
  readonly changed: number;
  /** One more each time it is written, so that two tabs notice each other. */
  readonly revision: number;
  /** What its parts take, packed. */
  readonly bytes: number;
}

/** The part that holds everything but the cells; each sheet's cells are a part of their own, by the sheet's id. */
export const FRAME = 'frame';
export const partOf = (sheet: string): string => `sheet:${sheet}`;

/** Somebody else has written the workbook since it was read here. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** A free name like the one wished for: `Book`, or else `Book (2)`. */
export function freeName(wish: string, taken: readonly string[]): string {
  const base = wish.replace(/ \(\d+\)$/, '');
  if (!taken.includes(wish)) return wish;
  for (let number = 2; ; number++) {
    const name = `${base} (${number})`;
    if (!taken.includes(name)) return name;
  }
}
