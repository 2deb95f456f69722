import { addressOf } from '../workbook/address';
import type { Cell, Look } from '../workbook/sheet';

/** A cell or a range of a plan, as its formulas refer to it; rows and columns from 0. */
export interface Ref {
  readonly row: number;
  readonly column: number;
  /** 1 where left out. */
  readonly rows?: number;
  readonly columns?: number;
}

/** A cell of a plan. It does not know yet where on a sheet it will be. */
export interface PlanCell extends Ref {
  /** A text, a number, or a formula in pieces: its text, and the places it refers to. With `rows` or `columns` it spills. */
  readonly content: string | number | readonly (string | Ref)[];
  readonly look?: Look;
}

/** A little sheet of native formulas, to be put anywhere. */
export interface Plan {
  readonly cells: readonly PlanCell[];
  /** The size of it all. */
  readonly rows: number;
  readonly columns: number;
  /** The cell that ends up with the explained value. */
  readonly result: Ref;
  /** Where `CHECK` says how far that is from the formula's own cell, or EXACT whether a text is the same. */
  readonly check: Ref;
}

/**
 * A plan's cells on a sheet.
 * @param row of its upper left corner, from 0
 * @param column of the same
 */
export function layOut(plan: Plan, row: number, column: number): Cell[] {
  const at = (ref: Ref) => addressOf(row + ref.row, column + ref.column);
  const last = ({ rows = 1, columns = 1, ...ref }: Ref) =>
    at({ row: ref.row + rows - 1, column: ref.column + columns - 1 });
  const range = (ref: Ref) => (at(ref) === last(ref) ? at(ref) : `${at(ref)}:${last(ref)}`);
  return plan.cells.map(({ content, look, ...ref }) => ({
    at: at(ref),
    content: Array.isArray(content)
      ? content.map((piece: string | Ref) => (typeof piece === 'string' ? piece : range(piece))).join('')
      : (content as string | number),
    ...(look && { look }),
    ...(at(ref) !== last(ref) && { spillsTo: last(ref) }),
  }));
}
