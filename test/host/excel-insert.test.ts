import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InsertOptions, SheetHost } from '../../src/host/host';
import type { Book, Sheet } from '../../src/workbook/sheet';
import { FakeExcel } from './fake-excel/excel';

const TOKENS = '=GPT2.TOKENS(prompt)';

/** A book with everything that a sheet can have. */
const book: Book = (named): Sheet[] => [
  {
    name: named('Map'),
    tab: '#1F5FBF',
    columns: [
      { from: 'A', width: 40 },
      { from: 'B', to: 'D', width: 200 },
    ],
    defaultWidth: 89,
    rowHeights: { 2: 40 },
    frozen: { rows: 3, columns: 1 },
    start: 'B5',
    names: { prompt: 'B5' },
    cells: [
      { at: 'B2', content: 'A map', look: 'title', mergedTo: 'D2' },
      { at: 'B5', content: '007', look: 'input', note: 'Type here' },
      { at: 'B7', content: TOKENS, spillsTo: 'B8', look: 'token' },
      { at: 'B9', content: 'Tokens', look: 'lead', link: `'${named('Tokens')}'!B2` },
      { at: 'B10', content: 'The paper', link: 'https://example.org/paper' },
      { at: 'C9', content: `=LEN('${named('Tokens')}'!B2)`, fills: 'C10' },
    ],
    numbers: [{ at: 'F2', columns: 2, values: new Float32Array([0.1, 0.2, 0.3, 4]), look: 'number' }],
    areas: [{ range: 'B7:B8', look: 'token' }],
    scales: [
      { range: 'F2:G3', low: { colour: '#FFFFFF' }, high: { colour: '#6EA3EF', at: 1 } },
      {
        range: 'F2:G2',
        low: { colour: '#FF0000' },
        middle: '#FFFFFF',
        high: { colour: '#0000FF' },
        even: true,
      },
    ],
    charts: [
      {
        kind: 'bars',
        title: 'Tokens',
        at: 'H5:M20',
        categories: 'B7:B8',
        series: [
          { name: 'first', values: 'F2:F3' },
          { name: 'second', values: 'G2:G3' },
        ],
        axes: { across: 'token', up: 'value' },
      },
    ],
  },
  {
    name: named('Tokens'),
    columns: [],
    defaultWidth: 80,
    rowHeights: {},
    frozen: { rows: 0, columns: 2 },
    start: 'A1',
    names: { prompt: 'B2' },
    cells: [{ at: 'B2', content: `='${named('Map')}'!B5` }],
    areas: [],
    scales: [],
  },
];

let excel: FakeExcel;
let host: Required<SheetHost>;

async function start(minor?: number): Promise<void> {
  vi.resetModules();
  excel = new FakeExcel({ [TOKENS]: [['0'], ['07']] }, minor);
  host = (await import('../../src/host/excel')).excelHost as Required<SheetHost>;
}

beforeEach(() => start(18));
afterEach(() => vi.unstubAllGlobals());

const names = () => excel.sheets.map(({ name }) => name);
const sheet = (name: string) => {
  const found = excel.sheets.find((each) => each.name === name);
  if (!found) throw new Error(`There is no sheet ${name}.`);
  return found;
};

describe('sheets inserted into Excel', () => {
  it('have what their description says', async () => {
    expect(await host.insert(book)).toEqual(['Map', 'Tokens']);
    expect(names()).toEqual(['Sheet1', 'Map', 'Tokens']);
    expect(excel.active).toBe(sheet('Map'));
    expect(excel.selected).toBe('B5');
    const map = sheet('Map');
    expect(map.own).toMatchObject({ tabColor: '#1F5FBF', showGridlines: false, frozen: ['at', 'A1:A3'] });
    expect(map.own.standardWidth).toBeCloseTo(12);
    expect(map.strips).toEqual({ 'A:A': 30, 'B:D': 150, '2:2': 30 });
    expect([...map.names]).toEqual([['prompt', 'Map!B5']]);
    expect([...sheet('Tokens').names]).toEqual([['prompt', 'Tokens!B2']]);
    expect(sheet('Tokens').own.frozen).toEqual(['columns', 2]);
    expect(map.merged).toEqual([{ top: 1, left: 1, bottom: 1, right: 3 }]);
    expect([...map.notes]).toEqual([['B5', 'Type here']]);
  });

  it('keep texts as texts, and numbers with the fewest digits that mean the same', async () => {
    await host.insert(book);
    expect(excel.value('Map!B5')).toBe('007');
    expect(['F2', 'G2', 'F3', 'G3'].map((at) => excel.value(`Map!${at}`))).toEqual([0.1, 0.2, 0.3, 4]);
    expect(excel.cell('Map!G3').numberFormat).toBe('0.00');
    expect(excel.cell('Map!B7').content).toBe(TOKENS);
    expect(excel.value('Map!B8')).toBe('07');
    expect(excel.cell('Map!B8').font.name).toBe('Consolas');
    expect(excel.cell('Map!C9').content).toBe("=LEN('Tokens'!B2)");
  });

  it('lead where links lead, underlined in the look of the cell', async () => {
    await host.insert(book);
    expect(excel.cell('Map!B9').link).toEqual({ documentReference: 'Tokens!B2', textToDisplay: 'Tokens' });
    expect(excel.cell('Map!B9').font).toMatchObject({ name: 'Segoe UI', size: 11, underline: 'Single' });
    expect(excel.cell('Map!B10').link).toEqual({
      address: 'https://example.org/paper',
      textToDisplay: 'The paper',
    });
  });

  it('have colour scales, and masked numbers out of those whose lowest value is not given', async () => {
    await host.insert(book);
    const formats = sheet('Map').formats.map(({ kind, range, criteria, rule }) => ({
      kind,
      range,
      ...(criteria ? { criteria } : {}),
      ...(rule ? { rule } : {}),
    }));
    const farthest = 'MAX(MAX($F$2:$G$2),-IFERROR(SMALL($F$2:$G$2,COUNTIF($F$2:$G$2,"<-1000000000")+1),0))';
    expect(formats).toEqual([
      { kind: 'CellValue', range: 'F2:G2', rule: { operator: 'LessThan', formula1: '=-1000000000' } },
      {
        kind: 'ColorScale',
        range: 'F2:G2',
        criteria: {
          minimum: { type: 'Formula', formula: `=-${farthest}`, color: '#FF0000' },
          midpoint: { type: 'Number', formula: '0', color: '#FFFFFF' },
          maximum: { type: 'Formula', formula: `=${farthest}`, color: '#0000FF' },
        },
      },
      { kind: 'CellValue', range: 'F2:G3', rule: { operator: 'LessThan', formula1: '=-1000000000' } },
      {
        kind: 'ColorScale',
        range: 'F2:G3',
        criteria: {
          minimum: { type: 'LowestValue', color: '#FFFFFF' },
          maximum: { type: 'Number', formula: '1', color: '#6EA3EF' },
        },
      },
    ]);
  });

  it('have charts of Excel’s own', async () => {
    await host.insert(book);
    expect(sheet('Map').charts).toEqual([
      {
        kind: 'BarClustered',
        position: 'H5:M20',
        title: 'Tokens',
        legend: true,
        axes: { across: 'token', up: 'value', reversed: true },
        series: [
          { name: 'first', values: 'Map!F2:F3', categories: 'Map!B7:B8' },
          { name: 'second', values: 'Map!G2:G3', categories: 'Map!B7:B8' },
        ],
      },
    ]);
  });

  it('have charts of cells that are still empty, too', async () => {
    const [map] = book((name) => name);
    const [chart] = map?.charts ?? [];
    const blank = { ...chart, series: [{ name: 'later', values: 'T1:T2' }] } as NonNullable<typeof chart>;
    await host.insert(() => [{ ...(map as Sheet), charts: [blank] }]);
    expect(sheet('Map').charts[0]?.series).toEqual([
      { name: 'later', values: 'Map!T1:T2', categories: 'Map!B7:B8' },
    ]);
  });

  const points = { kind: 'points', title: 'Words', at: 'H5:M20', categories: 'F2:F3' } as const;

  it('have the names of points beside them, as far as there are points', async () => {
    const [map] = book((name) => name);
    const chart = { ...points, series: [{ name: 'words', values: 'G2:G3' }] };
    await host.insert(() => [
      {
        ...(map as Sheet),
        name: 'My map',
        charts: [
          { ...chart, names: 'B7:B9' },
          { ...chart, names: 'Other!C1:D1' },
        ],
      },
    ]);
    expect(sheet('My map').charts.map(({ kind, series }) => [kind, series[0]?.labels])).toEqual([
      ['XYScatter', { 0: "='My map'!$B$7", 1: "='My map'!$B$8" }],
      ['XYScatter', { 0: '=Other!$C$1', 1: '=Other!$D$1' }],
    ]);
  });

  it('have a chart whose points Excel refuses to label', async () => {
    const [map] = book((name) => name);
    const chart = { ...points, names: 'B7:B8' };
    await host.insert(() => [{ ...(map as Sheet), charts: [{ ...chart, series: [] }] }]);
    expect(sheet('Map').charts).toMatchObject([{ title: 'Words', series: [] }]);
    expect(excel.value('Map!B5')).toBe('007');
  });

  it('come without notes where Excel has none to offer', async () => {
    await start(16);
    await host.insert(book);
    expect(sheet('Map').notes.size).toBe(0);
    expect(excel.value('Map!B5')).toBe('007');
  });

  it('need a newer Excel than the first', async () => {
    await start(8);
    await expect(host.insert(book)).rejects.toThrow(
      'This Excel cannot insert sheets: that needs ExcelApi 1.9',
    );
  });

  it('are read by the names of their own, before the workbook’s', async () => {
    excel.names.set('prompt', 'Sheet1!A1');
    excel.set('Sheet1!A1', 'other');
    await host.insert(book);
    expect(await host.read('prompt')).toEqual([['007']]);
    expect(await host.read('Map!prompt')).toEqual([['007']]);
    await host.select('Sheet1!A1');
    expect(await host.read('prompt')).toEqual([['other']]);
  });
});

describe('names that are taken', () => {
  it('are told before anything changes', async () => {
    await host.insert(book);
    const before = names();
    await expect(host.insert(book)).rejects.toMatchObject({
      name: 'SheetsInTheWay',
      sheets: ['Map', 'Tokens'],
    });
    expect(names()).toEqual(before);
  });

  it('get numbers on request, and formulas and links follow', async () => {
    await host.insert(book);
    expect(await host.insert(book, { taken: 'rename' })).toEqual(['Map (2)', 'Tokens (2)']);
    expect(excel.cell("'Tokens (2)'!B2").content).toBe("='Map (2)'!B5");
    expect(excel.cell("'Map (2)'!B9").link).toMatchObject({ documentReference: "'Tokens (2)'!B2" });
  });

  it('are given up by the sheets that had them, which come back', async () => {
    excel.sheets[0] = Object.assign(sheet('Sheet1'), { name: 'Map' });
    excel.set('Map!A1', 'mine');
    await host.insert(book, { taken: 'replace' });
    expect(names()).toEqual(['Map (replaced)', 'Map', 'Tokens']);
    expect(sheet('Map (replaced)').own.visibility).toBe('Hidden');
    expect(await host.undoLast()).toEqual({ kind: 'insert', address: 'Map, Tokens', changed: [] });
    expect(names()).toEqual(['Map']);
    expect(excel.value('Map!A1')).toBe('mine');
    expect(sheet('Map').own.visibility).toBe('Visible');
  });
});

describe('inserting', () => {
  const rows = (count: number): Sheet => ({
    ...(book((name) => name)[1] as Sheet),
    name: 'Rows',
    names: {},
    cells: Array.from({ length: count }, (_, row) => ({ at: `A${row + 1}`, content: row })),
    numbers: [{ at: 'C1', columns: 10, values: new Float32Array(30_000) }],
  });
  const insert = (options: InsertOptions = {}) => host.insert(() => [rows(1100)], options);

  it('goes in parts and tells how far it has come', async () => {
    const told: [number, string][] = [];
    await insert({ onProgress: (fraction, name) => told.push([Math.round(100 * fraction), name]) });
    // 20 000 numbers, 10 000 numbers, 500, 500 and 100 cells.
    expect(told).toEqual([64, 96, 98, 100, 100].map((percent) => [percent, 'Rows']));
    expect(excel.value('Rows!L3000')).toBe(0);
    expect(excel.value('Rows!A1100')).toBe(1099);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const stop = new AbortController();
    const inserting = insert({ signal: stop.signal, onProgress: () => stop.abort() });
    await expect(inserting).rejects.toMatchObject({ name: 'AbortError' });
    expect(names()).toEqual(['Sheet1']);
    expect(host.lastChange()).toBeUndefined();
  });

  it('leaves nothing behind when it is cancelled in the place of others', async () => {
    excel.sheets[0] = Object.assign(sheet('Sheet1'), { name: 'Rows' });
    excel.set('Rows!A1', 'mine');
    const stop = new AbortController();
    const inserting = insert({ signal: stop.signal, onProgress: () => stop.abort(), taken: 'replace' });
    await expect(inserting).rejects.toMatchObject({ name: 'AbortError' });
    expect(names()).toEqual(['Rows']);
    expect(excel.value('Rows!A1')).toBe('mine');
    expect(sheet('Rows').own.visibility).toBe('Visible');
  });

  it('leaves nothing behind when Excel refuses something halfway', async () => {
    const bad: Book = (named) => [
      ...book(named),
      { ...rows(1), name: named('Bad'), names: { 'no name': 'A1' } },
    ];
    await expect(host.insert(bad)).rejects.toThrow('no name is no name for cells');
    expect(names()).toEqual(['Sheet1']);
  });

  it('is undone as one step, and tells of what somebody has changed since', async () => {
    await host.insert(book);
    excel.set('Map!B5', 'Once');
    excel.set('Tokens!A1', 'a remark');
    const undone = await host.undoLast();
    expect(undone.changed).toEqual(['Map!B5', 'Tokens!A1']);
    expect(names()).toEqual(['Sheet1', 'Map', 'Tokens']);
    await host.undoLast(true);
    expect(names()).toEqual(['Sheet1']);
    await expect(host.undoLast()).rejects.toThrow('There is nothing to undo.');
  });
});
