import type { FormulaCell } from '../../src/host/host';
import type { Area, Link } from '../../src/trace/explanation';
import { isReference, parseFormula, qualified } from '../../src/trace/formula';
import { literal } from '../../src/trace/literal';
import { addressOfArea, area, onSheet, partsOf } from '../../src/workbook/address';
import type { Read } from './evaluate';

/**
 * Where the numbers of a link are in the workbook: in the range that it names, or in the result of a formula that
 * stands in a cell. A formula counts as the link's when its arguments are the same, or have the same values.
 * @param read reads a reference that names its sheet
 * @returns an address to select; undefined where no cell shows them
 */
export async function placeOf(
  link: Link,
  formulas: readonly FormulaCell[],
  read: Read,
): Promise<string | undefined> {
  if (link.reference !== undefined) return partOf(link.reference, link.area);
  const wanted = callOf(link.formula, undefined);
  if (!wanted) return undefined;
  for (const { address, formula } of formulas) {
    const found = callOf(formula, partsOf(address).sheet);
    if (found?.name !== wanted.name || found.args.length !== wanted.args.length) continue;
    const pairs = found.args.map((arg, i) => same(arg, wanted.args[i] as string, read));
    if ((await Promise.all(pairs)).every(Boolean)) return partOf(address, link.area);
  }
  return undefined;
}

function callOf(formula: string, sheet: string | undefined) {
  const parsed = parseFormula(formula);
  if (!('call' in parsed)) return undefined;
  const { name, args } = parsed.call;
  return { name, args: args.map((arg) => qualified(arg, sheet)) };
}

async function same(a: string, b: string, read: Read): Promise<boolean> {
  if (plain(a) === plain(b)) return true;
  try {
    const [left, right] = await Promise.all([a, b].map((text) => valuesOf(text, read)));
    return left !== undefined && JSON.stringify(left) === JSON.stringify(right);
  } catch {
    return false; // a name that is gone, a sheet that is gone: not these numbers
  }
}

/** An argument as it compares: without `$` and spaces, in capitals, as far as it holds no text. */
const plain = (argument: string): string =>
  /["']/.test(argument) ? argument : argument.replace(/[$\s]/g, '').toUpperCase();

const valuesOf = async (text: string, read: Read): Promise<unknown[][] | undefined> =>
  literal(text) ?? (isReference(text) ? read(text) : undefined);

/** Part of a range whose first cell is known; all of it where that cannot be told, as of a name. */
export function partOf(reference: string, { row, column, rows, columns }: Area): string {
  const { sheet, cells } = partsOf(reference);
  try {
    const { top, left } = area(cells.toUpperCase());
    const part = addressOfArea({
      top: top + row,
      left: left + column,
      bottom: top + row + rows - 1,
      right: left + column + columns - 1,
    });
    return sheet ? onSheet(sheet, part) : part;
  } catch {
    return reference;
  }
}
