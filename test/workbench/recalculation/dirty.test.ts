import { expect, it } from 'vitest';
import { cellsAlone, clean, dirtyCells, merged } from '../../../workbench/grid/recalculation/dirty';

const cell = (row: number, column = 0) => ({
  unitId: 'book',
  sheetId: 'sheet',
  range: { startRow: row, endRow: row, startColumn: column, endColumn: column },
});

it('keeps every cell that was changed in one or the other, once', () => {
  const { dirtyRanges } = merged(dirtyCells([cell(1), cell(2)]), dirtyCells([cell(2), cell(3)]));
  expect(dirtyRanges.map(({ range }) => range.startRow)).toEqual([1, 2, 3]);
});

it('keeps sheets and names of both, and that everything is to be calculated', () => {
  const one = { ...clean(), dirtyNameMap: { book: { a: 'A' } }, forceCalculation: true };
  const other = { dirtyNameMap: { book: { b: 'B' } }, dirtyDefinedNameMap: { book: { prompt: 'A1' } } };
  const both = merged(one, other);
  expect(both.dirtyNameMap).toEqual({ book: { a: 'A', b: 'B' } });
  expect(both.dirtyDefinedNameMap).toEqual({ book: { prompt: 'A1' } });
  expect(both.forceCalculation).toBe(true);
  expect(merged(clean(), one).forceCalculation).toBe(true);
});

it('keeps what belongs to single formulas of a sheet', () => {
  const features = (id: string) => ({ ...clean(), dirtyUnitFeatureMap: { book: { sheet: { [id]: true } } } });
  expect(merged(features('x'), features('y')).dirtyUnitFeatureMap).toEqual({
    book: { sheet: { x: true, y: true } },
  });
});

it('tells changed cells from changes of names, sheets and everything', () => {
  expect(cellsAlone(dirtyCells([cell(1)]))).toBe(true);
  expect(cellsAlone({ ...clean(), dirtyDefinedNameMap: { book: { prompt: 'A1' } } })).toBe(false);
  expect(cellsAlone({ ...clean(), forceCalculation: true })).toBe(false);
});
