import { area, sizeOf } from '../workbook/address';
import type { Layout } from './layout';

/** How much a layout puts into a workbook. */
export interface Extent {
  readonly sheets: number;
  readonly formulas: number;
  /** Cells that hold something when the prompt fills the room. */
  readonly cells: number;
  /** Numbers that can be overwritten then. */
  readonly overwritable: number;
}

const cellsIn = (range: string): number => {
  const { rows, columns } = sizeOf(area(range));
  return rows * columns;
};

/** Counts what a layout inserts: nobody should have to find out by trying. */
export function extentOf({ sheets, tables }: Layout): Extent {
  const all = sheets.flatMap(({ cells }) => cells);
  const isFormula = ({ content }: { content: string | number }) => String(content).startsWith('=');
  return {
    sheets: sheets.length,
    formulas: all.filter(isFormula).length,
    cells: all.reduce((sum, { at, spillsTo = at }) => sum + cellsIn(`${at}:${spillsTo}`), 0),
    overwritable: tables.reduce((sum, { yellow }) => {
      const { rows, columns } = sizeOf(yellow);
      return sum + rows * columns;
    }, 0),
  };
}
