import { expect, it } from 'vitest';
import { extentOf, freeName, placed, placesBeside } from '../../src/host/blocks';
import type { Block } from '../../src/host/host';
import { addressOfArea, area } from '../../src/workbook/address';

const block: Block = (at) => [
  { at: 'A1', content: 'x', look: 'label' },
  { at: 'B2', content: `=SEQUENCE(${at('A1')},3)`, spillsTo: 'D5' },
];

it('measures a block with what its formulas spill', () => {
  expect(extentOf(block)).toEqual({ rows: 5, columns: 4 });
  expect(extentOf(() => [])).toEqual({ rows: 0, columns: 0 });
});

it('moves cells, and the references between them', () => {
  expect(placed(block, 8, 26)).toEqual([
    { row: 8, column: 26, content: 'x', look: 'label' },
    { row: 9, column: 27, content: '=SEQUENCE(AA9,3)' },
  ]);
});

it('looks for room to the right first, then below, one row or column apart', () => {
  const places = placesBeside(area('C4:H9'), { rows: 2, columns: 3 });
  expect(places.map(addressOfArea)).toEqual(['J4:L5', 'C11:E12']);
});

it.each([
  ['Trace', [], 'Trace'],
  ['Trace', ['trace'], 'Trace (2)'],
  ['Trace', ['Trace', 'Trace (2)'], 'Trace (3)'],
  ["'a/b?'", [], 'a b'],
  ['[]', [], 'Sheet'],
  ['x'.repeat(40), ['x'.repeat(31)], `${'x'.repeat(27)} (2)`],
])('finds a name for a sheet: %s beside %j', (wish, taken, name) => {
  expect(freeName(wish, taken)).toBe(name);
});
