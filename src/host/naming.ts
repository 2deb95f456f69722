import type { Book, Sheet } from '../workbook/sheet';
import { freeName } from './blocks';
import type { InsertOptions } from './host';
import { SheetsInTheWay } from './in-the-way';

/** A book's sheets with the names that they get. */
export interface NamedSheets {
  readonly sheets: readonly Sheet[];
  /** Names of sheets that are there and give way. */
  readonly replaced: readonly string[];
}

/**
 * Names the sheets of a book so that they can go into a workbook. Spreadsheets take names for the same when only their
 * case differs.
 *
 * @param existing The names of the sheets that are there.
 * @throws SheetsInTheWay when some are taken and `taken` does not say what to do
 * @throws Error when two sheets of the book wish for the same name: links could not tell them apart
 */
export function nameSheets(
  book: Book,
  existing: readonly string[],
  taken: InsertOptions['taken'],
): NamedSheets {
  const wishes = book((wish) => wish).map(({ name }) => name);
  const twice = wishes.find((wish, index) => wishes.indexOf(wish) !== index);
  if (twice !== undefined) throw new Error(`Two sheets of the book wish to be named ${twice}.`);

  const there = new Map(existing.map((name) => [name.toLowerCase(), name]));
  const names = new Map<string, string>();
  const replaced: string[] = [];
  for (const wish of wishes) {
    const used = [...names.values()];
    const wished = freeName(wish, used);
    const inTheWay = there.get(wished.toLowerCase());
    if (inTheWay !== undefined) replaced.push(inTheWay);
    names.set(wish, taken === 'rename' ? freeName(wish, [...existing, ...used]) : wished);
  }
  if (replaced.length > 0 && taken === undefined) throw new SheetsInTheWay(replaced);
  return {
    sheets: book((wish) => names.get(wish) ?? wish).map((sheet, index) => ({
      ...sheet,
      name: names.get(wishes[index] ?? '') ?? sheet.name,
    })),
    replaced: taken === 'replace' ? replaced : [],
  };
}
