import type { CellValue, Selection } from '../../src/host/host';
import { partsOf } from '../../src/workbook/address';

/** The number that the view explains. */
export interface Target {
  /** Its cell, such as `Tour!D33`; missing where there is no sheet. */
  readonly address?: string;
  /** The formula that it is a part of; empty for a cell without one. */
  readonly formula: string;
  /** Its place in that formula's result, from 0. */
  readonly row: number;
  readonly column: number;
  /** The size of the result, where it is known. */
  readonly rows?: number;
  readonly columns?: number;
  readonly value: CellValue;
  /** The sheet that the formula is on. */
  readonly sheet?: string;
}

/** The number in the active cell. */
export function selectedTarget({ address, value, formula = '', spill }: Selection): Target {
  const { sheet } = partsOf(address);
  const own = { address, value, ...(sheet !== undefined && { sheet }) };
  if (!spill) return { ...own, formula, row: 0, column: 0, ...(formula && { rows: 1, columns: 1 }) };
  const { row, column, rows, columns } = spill;
  return { ...own, formula: spill.formula, row, column, rows, columns };
}

/** The code of the error that a cell shows. */
export const errorOf = (value: CellValue): string | undefined =>
  typeof value === 'string' && /^#[A-Z][A-Z0-9/_]*[!?]?$/.test(value) ? value : undefined;

/** Errors that mean: not yet. */
export const isPending = (code: string): boolean => /^#(BUSY|GETTING_DATA|CONNECT)/.test(code);
