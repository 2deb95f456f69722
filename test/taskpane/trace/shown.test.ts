import { expect, it } from 'vitest';
import { placeOf } from '../../../taskpane/trace/shown';

const values: Record<string, unknown[][]> = {
  prompt: [['Mike is']],
  'Tour!C5': [['Mike is']],
  "'My sheet'!C5": [['Other']],
  layer: [[0]],
  head: [[1]],
};
const read = async (reference: string) => {
  const found = values[reference];
  if (!found) throw new Error(`no ${reference}`);
  return found;
};
const area = { row: 2, column: 1, rows: 1, columns: 3 };
const place = (formula: string, cells: Record<string, string>, reference?: string) =>
  placeOf(
    { label: '', formula, area, ...(reference !== undefined && { reference }) },
    Object.entries(cells).map(([address, formula]) => ({ address, formula })),
    read,
  );

it.each([
  ['the same formula', '=GPT2.Q(Tour!C5,0,1)', { 'Tour!B10': '=gpt2.q( C5, 0,1)' }, 'Tour!C12:E12'],
  ['dollar signs', '=GPT2.Q(Tour!C5,0)', { 'Tour!B10': '=GPT2.Q($C$5,0)' }, 'Tour!C12:E12'],
  [
    'arguments of one value',
    '=GPT2.Q(Tour!C5,0,1)',
    { 'Tour!B10': '=GPT2.Q(prompt,layer,head)' },
    'Tour!C12:E12',
  ],
  ['the first that fits', '=GPT2.Q(1)', { 'A!A1': '=GPT2.Q(2)', 'B!A1': '=GPT2.Q(1)' }, 'B!B3:D3'],
  ['nothing on another cell', '=GPT2.Q(Tour!C5)', { "'My sheet'!A1": '=GPT2.Q(C5)' }, undefined],
  ['nothing of another formula', '=GPT2.Q(prompt)', { 'Tour!A1': '=GPT2.K(prompt)' }, undefined],
  ['nothing inside a larger one', '=GPT2.Q(prompt)', { 'Tour!A1': '=GPT2.Q(prompt)*2' }, undefined],
  ['nothing with a name that is gone', '=GPT2.Q(prompt)', { 'Tour!A1': '=GPT2.Q(gone)' }, undefined],
  ['other texts apart', '=GPT2.Q("a b")', { 'Tour!A1': '=GPT2.Q("A b")' }, undefined],
])('finds %s', async (_, formula, cells, expected) => {
  expect(await place(formula, cells as Record<string, string>)).toBe(expected);
});

it('needs no formula where a link is a range, and takes names as they are', async () => {
  expect(await place('=Tour!$B$2:D9', {}, 'Tour!$B$2:D9')).toBe('Tour!C4:E4');
  expect(await place("='My sheet'!B2#", {}, "'My sheet'!B2#")).toBe("'My sheet'!C4:E4");
  expect(await place('=ids', {}, 'ids')).toBe('ids');
});
