import { type Area, addressOf, area, type sizeOf } from '../workbook/address';
import type { Look } from '../workbook/sheet';
import type { Block } from './host';

/** A cell of a block where it comes to lie: row and column from 0. */
export interface PlacedCell {
  row: number;
  column: number;
  content: string | number;
  look?: Look;
}

/** How far a block reaches, with what its formulas spill. */
export function extentOf(block: Block): { rows: number; columns: number } {
  const areas = block((address) => address).map(({ at, spillsTo = at }) => area(`${at}:${spillsTo}`));
  return {
    rows: Math.max(0, ...areas.map(({ bottom }) => bottom + 1)),
    columns: Math.max(0, ...areas.map(({ right }) => right + 1)),
  };
}

/** The cells of a block whose first cell comes to lie at a row and column from 0. */
export function placed(block: Block, row: number, column: number): PlacedCell[] {
  const moved = (address: string) => {
    const { top, left } = area(address);
    return { row: row + top, column: column + left };
  };
  const cells = block((address) => {
    const to = moved(address);
    return addressOf(to.row, to.column);
  });
  return cells.map(({ at, content, look }) => ({ ...moved(at), content, ...(look && { look }) }));
}

/** Where a block of some size may go beside a selection, the first choice first: to its right, below it. */
export function placesBeside(selected: Area, size: ReturnType<typeof sizeOf>): Area[] {
  const from = (top: number, left: number) => ({
    top,
    left,
    bottom: top + size.rows - 1,
    right: left + size.columns - 1,
  });
  return [from(selected.top, selected.right + 2), from(selected.bottom + 2, selected.left)];
}

/** A name for a new sheet: the one wished for, as far as a spreadsheet takes it, or numbered if it is taken. */
export function freeName(wish: string, taken: readonly string[]): string {
  const LONGEST = 31;
  // Nor may a name begin or end with an apostrophe.
  const allowed = wish.replace(/[\\/?*[\]:]/g, ' ').replace(/^['\s]+|['\s]+$/g, '') || 'Sheet';
  const used = new Set(taken.map((name) => name.toLowerCase()));
  for (let number = 1; ; number++) {
    const ending = number === 1 ? '' : ` (${number})`;
    const name = allowed.slice(0, LONGEST - ending.length).replace(/['\s]+$/, '') + ending;
    if (!used.has(name.toLowerCase())) return name;
  }
}
