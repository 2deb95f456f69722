import { FormulaDataModel } from '@univerjs/presets/preset-sheets-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hastenClearing } from '../../workbench/grid/clearing';

interface Model {
  updateArrayFormulaCellData(unit: string, sheet: string, cells: object): boolean;
}

const prototype = FormulaDataModel.prototype as unknown as Model;
const univers = prototype.updateArrayFormulaCellData;
hastenClearing();
const ours = prototype.updateArrayFormulaCellData;

const SIZE = 6;
const place = fc.record({ row: fc.nat(SIZE), column: fc.nat(SIZE) });
const spill = fc.record({
  at: place,
  rows: fc.integer({ min: 1, max: 4 }),
  columns: fc.integer({ min: 1, max: 4 }),
});

type Cells<T> = Record<number, Record<number, T>>;

function put<T>(cells: Cells<T>, row: number, column: number, value: T): void {
  cells[row] = { ...cells[row], [column]: value };
}

/** A sheet in which formulas fill cells, also some of one another's. */
function sheetOf(spills: readonly { at: { row: number; column: number }; rows: number; columns: number }[]) {
  const ranges: Cells<object> = {};
  const data: Cells<object> = {};
  for (const { at, rows, columns } of spills) {
    const range = {
      startRow: at.row,
      endRow: at.row + rows - 1,
      startColumn: at.column,
      endColumn: at.column + columns - 1,
    };
    put(ranges, at.row, at.column, range);
    for (let r = range.startRow; r <= range.endRow; r++) {
      for (let c = range.startColumn; c <= range.endColumn; c++) put(data, r, c, { v: r + c });
    }
  }
  return {
    _arrayFormulaRange: { book: { sheet: ranges } },
    _arrayFormulaCellData: { book: { sheet: data } },
  };
}

it('forgets of what formulas have spilled what Univer forgets', () => {
  fc.assert(
    fc.property(fc.array(spill, { maxLength: 6 }), fc.array(place, { maxLength: 8 }), (spills, changed) => {
      const cells: Cells<null> = {};
      for (const { row, column } of changed) put(cells, row, column, null);
      const [here, there] = [sheetOf(spills), sheetOf(spills)];
      const said = ours.call(here as never, 'book', 'sheet', cells);
      expect(said).toBe(univers.call(there as never, 'book', 'sheet', cells));
      const filled = (sheet: typeof here) =>
        Object.entries(sheet._arrayFormulaCellData.book.sheet).flatMap(([row, columns]) =>
          Object.keys(columns).map((column) => `${row},${column}`),
        );
      expect(filled(here)).toEqual(filled(there));
    }),
    { numRuns: 2000 },
  );
});
