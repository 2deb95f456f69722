import { expect, it } from 'vitest';
import {
  addressOf,
  addressOfArea,
  area,
  columnName,
  columnNumber,
  onSheet,
  overlap,
  partsOf,
  sizeOf,
} from '../../src/workbook/address';

it('reads cells and ranges', () => {
  expect(area('B4')).toEqual({ top: 3, left: 1, bottom: 3, right: 1 });
  expect(area('A1:AB12')).toEqual({ top: 0, left: 0, bottom: 11, right: 27 });
  expect(() => area('4B')).toThrow('4B is not the address of a cell.');
});

it.each([0, 25, 26, 701, 702, 1701])('names column %i and finds it again', (column) => {
  expect(columnNumber(columnName(column))).toBe(column);
});

it('writes addresses', () => {
  expect(addressOf(3, 27)).toBe('AB4');
});

it('sees what overlaps', () => {
  expect(overlap(area('A1:B2'), area('B2:C3'))).toBe(true);
  expect(overlap(area('A1:B2'), area('C1:C3'))).toBe(false);
});

it('writes areas, and counts their rows and columns', () => {
  expect(addressOfArea(area('B4:D9'))).toBe('B4:D9');
  expect(addressOfArea(area('B4:B4'))).toBe('B4');
  expect(sizeOf(area('B4:D9'))).toEqual({ rows: 6, columns: 3 });
});

it.each([
  ['Tour', 'Tour!B4'],
  ['My sheet', "'My sheet'!B4"],
  ["Ann's", "'Ann''s'!B4"],
  ['Übung_1', 'Übung_1!B4'],
  ['2024', "'2024'!B4"],
  // Unquoted these would be cells themselves.
  ['AB12', "'AB12'!B4"],
  ['RC', "'RC'!B4"],
])('names the sheet %s before an address, and finds it again', (sheet, address) => {
  expect(onSheet(sheet, 'B4')).toBe(address);
  expect(partsOf(address)).toEqual({ sheet, cells: 'B4', spill: false });
});

it('takes addresses apart', () => {
  expect(partsOf('$B$4:$C$9')).toEqual({ cells: 'B4:C9', spill: false });
  expect(partsOf("'a!b'!A1#")).toEqual({ sheet: 'a!b', cells: 'A1', spill: true });
});
