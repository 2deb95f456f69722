import { describe, expect, it } from 'vitest';
import { SheetsInTheWay } from '../../src/host/in-the-way';
import { nameSheets } from '../../src/host/naming';
import type { Book, Sheet } from '../../src/workbook/sheet';

const sheet = (name: string, link?: string): Sheet => ({
  name,
  columns: [],
  defaultWidth: 80,
  rowHeights: {},
  frozen: { rows: 0, columns: 0 },
  start: 'A1',
  names: {},
  cells: link ? [{ at: 'A1', content: 'there', link }] : [],
  areas: [],
  scales: [],
});

const book: Book = (named) => [
  sheet(named('Map'), `${named('Tokens')}!A1`),
  sheet(named('Tokens'), `'${named('Map')}'!A1`),
];

const namesOf = (sheets: readonly Sheet[]) => sheets.map(({ name }) => name);
const linksOf = (sheets: readonly Sheet[]) => sheets.map(({ cells }) => cells[0]?.link);

describe('the names of the sheets of a book', () => {
  it('are those wished for where they are free', () => {
    const { sheets, replaced } = nameSheets(book, ['Scratch'], undefined);
    expect(namesOf(sheets)).toEqual(['Map', 'Tokens']);
    expect(replaced).toEqual([]);
  });

  it('are refused with the names that others have, whatever their case', () => {
    const refused = () => nameSheets(book, ['map', 'Other'], undefined);
    expect(refused).toThrow(SheetsInTheWay);
    expect(refused).toThrow('The workbook already has a sheet named map. Nothing was inserted.');
  });

  it('are numbered on request, and links follow', () => {
    const { sheets, replaced } = nameSheets(book, ['Map', 'Tokens', 'tokens (2)'], 'rename');
    expect(namesOf(sheets)).toEqual(['Map (2)', 'Tokens (3)']);
    expect(linksOf(sheets)).toEqual(['Tokens (3)!A1', "'Map (2)'!A1"]);
    expect(replaced).toEqual([]);
  });

  it('take the place of others on request', () => {
    const { sheets, replaced } = nameSheets(book, ['MAP', 'Other'], 'replace');
    expect(namesOf(sheets)).toEqual(['Map', 'Tokens']);
    expect(replaced).toEqual(['MAP']);
  });

  it('fit into what spreadsheets take, and still differ', () => {
    const long = 'A lesson about everything that there is (part';
    const { sheets } = nameSheets(
      (named) => [sheet(named(`${long} 1)`)), sheet(named(`${long} 2)`))],
      [],
      undefined,
    );
    const names = namesOf(sheets);
    expect(names[0]).toBe('A lesson about everything that');
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(31);
  });

  it('must differ within the book, or links could not tell them apart', () => {
    expect(() => nameSheets(() => [sheet('Map'), sheet('Map')], [], undefined)).toThrow(
      'Two sheets of the book wish to be named Map.',
    );
  });
});
