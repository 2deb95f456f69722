import type { ICellData, IStyleData, IWorkbookData, IWorksheetData } from '@univerjs/presets';
import {
  BorderStyleTypes,
  CellValueType,
  HorizontalAlign,
  VerticalAlign,
  WrapStrategy,
} from '@univerjs/presets';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looks } from '../../../src/workbook/looks';
import { shadeOf } from '../../../src/workbook/shades';
import { tour } from '../../../src/workbook/tour';
import { KEPT } from '../../../workbench/file/xlsx/book';
import { writeBook } from '../../../workbench/file/xlsx/write';
import { workbookStyles, worksheetData } from '../../../workbench/render';
import { bookOf, cellAt, firstSheet, lookAt, read, there } from './books';

/** Texts with everything that is hard for XML: markup, controls, halves of pairs, spaces at the ends, escapes. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(
      ' quickly',
      'a ',
      '<b>&amp;"',
      '_x0041_',
      '_x005F_',
      '\u0001',
      'a\nb',
      '\t',
      '007',
      'TRUE',
      '1e5',
      '👍🏽',
    ),
  )
  // The grid itself takes these two for formulas and for nothing.
  .filter((value) => value !== '' && !value.startsWith('='));

const value = fc.oneof(
  text.map((v) => ({ v, t: CellValueType.STRING })),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((v) => ({ v: v === 0 ? 0 : v, t: CellValueType.NUMBER })),
  fc.integer({ min: 0, max: 1 }).map((v) => ({ v, t: CellValueType.BOOLEAN })),
  fc
    .constantFrom('=SUM(A1:B2)', '=GPT2.EMBED(A1)', '=SUM(GPT2.MLP_OUT($A$1,0))', '="<&"&A1', '=SEQUENCE(3)')
    .map((f) => ({ f })),
);

const hex = fc.stringMatching(/^[0-9A-F]{6}$/).map((digits) => ({ rgb: `#${digits}` }));
const line = fc.record({
  s: fc.integer({ min: BorderStyleTypes.THIN, max: BorderStyleTypes.THICK }),
  cl: hex,
});
const style = fc.record(
  {
    ff: fc.constantFrom(
      'Arial',
      'Times New Roman',
      '"Segoe UI", system-ui, sans-serif',
      'Consolas, Menlo, monospace',
    ),
    fs: fc.integer({ min: 6, max: 40 }),
    bl: fc.constant(1),
    it: fc.constant(1),
    ul: fc.constant({ s: 1 }),
    st: fc.constant({ s: 1 }),
    cl: hex,
    bg: hex,
    bd: fc.record({ t: line, r: line, b: line, l: line }),
    ht: fc.constantFrom(HorizontalAlign.LEFT, HorizontalAlign.CENTER, HorizontalAlign.RIGHT),
    vt: fc.constantFrom(VerticalAlign.TOP, VerticalAlign.MIDDLE, VerticalAlign.BOTTOM),
    tb: fc.constant(WrapStrategy.WRAP),
    tr: fc
      .integer({ min: -90, max: 90 })
      .filter((a) => a !== 0)
      .map((a) => ({ a })),
    n: fc
      .constantFrom('0.00', '0.0%', '#,##0', '"“"@"”"', '[<-1000000000]"masked";[<0]-0.00;0.00')
      .map((pattern) => ({ pattern })),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<IStyleData>;

const place = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 30 }));
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 äöü.-]{0,20}[A-Za-z0-9]$/);

describe('a workbook that has been a file', () => {
  it('has the same cells, looks, sizes, names and sheets', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(name, { minLength: 1, maxLength: 3, selector: (each) => each.toLowerCase() }),
        fc.array(fc.tuple(place, value, fc.option(style)), { maxLength: 12 }),
        fc.dictionary(fc.stringMatching(/^\d$/), fc.integer({ min: 10, max: 400 }), {
          noNullPrototype: true,
        }),
        fc.dictionary(fc.stringMatching(/^\d$/), fc.integer({ min: 10, max: 200 }), {
          noNullPrototype: true,
        }),
        fc.record({ xSplit: fc.nat(4), ySplit: fc.nat(4) }),
        fc.boolean(),
        fc.option(hex),
        fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,10}$/), text, { maxKeys: 3, noNullPrototype: true }),
        async (names, cells, widths, heights, split, lines, tab, settings) => {
          const cellData: Record<number, Record<number, ICellData>> = {};
          for (const [[row, column], content, look] of cells) {
            cellData[row] = { ...cellData[row], [column]: { ...content, ...(look && { s: look }) } };
          }
          const book = bookOf(
            names.map((each, index) => ({
              name: each,
              rowCount: 500,
              columnCount: 100,
              defaultColumnWidth: 91,
              defaultRowHeight: 21,
              ...(index === 0 && {
                cellData,
                columnData: Object.fromEntries(Object.entries(widths).map(([at, w]) => [at, { w }])),
                rowData: Object.fromEntries(Object.entries(heights).map(([at, h]) => [at, { h, ia: 0 }])),
                freeze: { ...split, startRow: split.ySplit, startColumn: split.xSplit },
                showGridlines: lines ? 1 : 0,
                ...(tab && { tabColor: tab.rgb }),
              }),
            })),
            { custom: { settings } },
          );
          const back = await there(book);
          expect(back.leftOut).toEqual([]);
          expect(back.data.sheetOrder.map((id) => back.data.sheets[id]?.name)).toEqual(names);
          expect(back.data.custom).toEqual({ settings });
          const sheet = firstSheet(back);
          for (const [rowKey, columns] of Object.entries(cellData)) {
            for (const [columnKey, given] of Object.entries(columns)) {
              const cell = cellAt(back, Number(rowKey), Number(columnKey));
              const { v, f } = given;
              if (f) expect(cell).toMatchObject({ f });
              else expect(cell?.v).toBe(typeof v === 'string' ? wellFormed(v) : v);
              if (f) expect(cell).not.toHaveProperty('v');
              if (typeof v === 'string') expect(cell?.t).not.toBe(CellValueType.NUMBER);
              expect(lookAt(back, cell)).toEqual(withoutEmpty((given.s as IStyleData | undefined) ?? {}));
            }
          }
          const held = Object.values(sheet.cellData ?? {}).flatMap((row) => Object.keys(row ?? {}));
          expect(held).toHaveLength(Object.values(cellData).flatMap((row) => Object.keys(row)).length);
          for (const [at, w] of Object.entries(widths)) expect(sheet.columnData?.[Number(at)]).toEqual({ w });
          for (const [at, h] of Object.entries(heights))
            expect(sheet.rowData?.[Number(at)]).toEqual({ h, ia: 0 });
          expect(sheet).toMatchObject({
            defaultColumnWidth: 91,
            defaultRowHeight: 21,
            rowCount: 500,
            columnCount: 100,
            freeze: split,
            showGridlines: lines ? 1 : 0,
            ...(tab && { tabColor: tab.rgb }),
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has the tour as it was', async () => {
    const sheet = worksheetData('Tour', tour);
    const book = bookOf([{ ...sheet, name: 'Tour' }], { styles: workbookStyles() });
    const back = await read(await writeBook({ ...book, view: { sheet: 'Tour', cells: 'C5:G5' } }));
    expect(back.view).toEqual({ sheet: 'Tour', cells: 'C5:G5' });
    const now = firstSheet(back);
    expect(now.mergeData).toEqual(sheet.mergeData);
    expect(now.custom?.colourScales).toEqual(tour.scales);
    const cellsOf = (data: Partial<IWorksheetData>, from: { data: IWorkbookData }) =>
      Object.entries(data.cellData ?? {}).flatMap(([row, columns]) =>
        Object.entries<ICellData>((columns ?? {}) as Record<string, ICellData>).map(([column, cell]) => {
          const { v, f, custom } = cell;
          // The tests know fewer functions than the tour calls; the others are kept all the same.
          const content = f || custom?.[KEPT] ? 'a formula' : v;
          return `${row},${column} ${content} ${JSON.stringify(sorted(lookAt(from, cell)))}`;
        }),
      );
    expect(cellsOf(now, back)).toEqual(cellsOf(sheet, book));
  });

  it('has names, for the workbook and for one sheet', async () => {
    const names = {
      a: { id: 'a', name: 'prompt', formulaOrRefString: 'One!$A$1', localSheetId: 'AllDefaultWorkbook' },
      b: { id: 'b', name: 'layer', formulaOrRefString: "'Two 2'!$B$2", localSheetId: 'Two 2' },
    };
    const resources = [{ name: 'SHEET_DEFINED_NAME_PLUGIN', data: JSON.stringify(names) }];
    const back = await there(bookOf([{ name: 'One' }, { name: 'Two 2' }], { resources }));
    const stored = Object.values(JSON.parse(back.data.resources?.[0]?.data ?? '{}') as typeof names);
    expect(stored).toMatchObject([
      { name: 'prompt', formulaOrRefString: 'One!$A$1', localSheetId: 'AllDefaultWorkbook' },
      { name: 'layer', formulaOrRefString: "'Two 2'!$B$2", localSheetId: back.data.sheetOrder[1] },
    ]);
  });

  it('has colour scales in their order, and masked numbers without a colour', async () => {
    const scales = [
      shadeOf('A1:B2', 'diverging'),
      shadeOf('A1:C9', 'sequential'),
      { range: 'D1:D9', low: { colour: '#FFFFFF' }, high: { colour: '#00FF00', at: 3 } },
      {
        range: 'E1:E9',
        low: { colour: '#FF0000', at: -2 },
        middle: '#FFFFFF',
        high: { colour: '#0000FF', at: 2 },
      },
    ];
    const cellData = { 0: { 0: { v: -1e10, t: 2 } } };
    const back = await there(bookOf([{ name: 'One', cellData, custom: { colourScales: scales } }]));
    expect(firstSheet(back).custom?.colourScales).toEqual(scales);
    expect(back.leftOut).toEqual([]);
  });

  it('has notes, links and charts', async () => {
    const charts = [
      {
        kind: 'columns',
        title: 'Likeliest',
        at: 'E5:J20',
        categories: 'A1:A3',
        series: [{ name: 'probability', values: 'B1:B3' }],
        axes: { across: 'token', up: 'probability' },
      },
    ];
    const cellData = {
      0: { 0: { v: 'Map', t: 1, custom: { link: "'Two 2'!A1", note: 'Where\nit is' } } },
      1: {
        0: { f: '=SUM(A1:A2)', custom: { link: 'https://example.org/?a=1&b=2' } },
        1: { custom: { note: 'empty' } },
      },
    };
    const back = await there(
      bookOf([{ name: 'One', cellData, custom: { colourScales: [], charts } }, { name: 'Two 2' }]),
    );
    expect(firstSheet(back).cellData).toEqual(cellData);
    expect(firstSheet(back).custom).toEqual({ colourScales: [], charts });
    expect(back.leftOut).toEqual([]);
  });

  it('has what formulas fill only as results, which are calculated again', async () => {
    const book = {
      ...bookOf([
        {
          name: 'One',
          cellData: { 0: { 0: { f: '=GPT2.EMBED("a")', v: 1, t: 2 }, 1: { s: { bl: 1 } as IStyleData } } },
        },
      ]),
      spills: {
        One: [
          {
            area: { top: 0, left: 0, bottom: 1, right: 1 },
            values: [
              [1, 2],
              [3, 4],
            ],
          },
        ],
      },
    };
    const back = await there(book);
    expect(firstSheet(back).cellData).toEqual({
      0: { 0: { f: '=GPT2.EMBED("a")' }, 1: { s: expect.any(String) } },
    });
    const alone = await read(await writeBook(book, 'values'));
    expect(cellAt(alone, 0, 0)).toMatchObject({ v: 1 });
    expect(cellAt(alone, 1, 1)).toMatchObject({ v: 4 });
  });

  it('keeps a formula that it does not know, with its value, until somebody writes over it', async () => {
    const kept = (v: number): ICellData => ({
      v,
      t: 2,
      custom: { [KEPT]: { formula: '=UNHEARD(A1)', value: 7 } },
    });
    const back = await there(bookOf([{ name: 'One', cellData: { 0: { 0: kept(7), 1: kept(8) } } }]));
    expect(cellAt(back, 0, 0)).toEqual({
      v: 7,
      t: 2,
      custom: { [KEPT]: { formula: '=UNHEARD(A1)', value: 7 } },
    });
    expect(cellAt(back, 0, 1)).toEqual({ v: 8, t: 2 });
    expect(back.leftOut).toEqual([expect.stringContaining('UNHEARD')]);
  });

  it.each(['a/b', "'a", 'x'.repeat(32), 'History[1]'])(
    'says which sheet has a name that files cannot have: %s',
    async (sheet) => {
      await expect(writeBook(bookOf([{ name: sheet }]))).rejects.toThrow(
        `The sheet “${sheet}” cannot be saved`,
      );
    },
  );

  it('cuts a text that is longer than the format allows, and nothing else', async () => {
    const back = await there(
      bookOf([{ name: 'One', cellData: { 0: { 0: { v: 'x'.repeat(40_000), t: 1 } } } }]),
    );
    expect(cellAt(back, 0, 0)?.v).toBe('x'.repeat(32_767));
  });
});

it('numbers kinds of lines, alignments and values as the grid does', () => {
  expect([
    BorderStyleTypes.THIN,
    BorderStyleTypes.DOUBLE,
    BorderStyleTypes.MEDIUM,
    BorderStyleTypes.THICK,
  ]).toEqual([1, 7, 8, 13]);
  expect([HorizontalAlign.LEFT, HorizontalAlign.CENTER, HorizontalAlign.RIGHT]).toEqual([1, 2, 3]);
  expect([VerticalAlign.TOP, VerticalAlign.MIDDLE, VerticalAlign.BOTTOM]).toEqual([1, 2, 3]);
  expect([
    CellValueType.STRING,
    CellValueType.NUMBER,
    CellValueType.BOOLEAN,
    CellValueType.FORCE_STRING,
  ]).toEqual([1, 2, 3, 4]);
  expect(WrapStrategy.WRAP).toBe(3);
  expect(Object.keys(looks).length).toBeGreaterThan(10);
});

/** Half a surrogate pair cannot be written; it becomes U+FFFD. */
const wellFormed = (text: string) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));

/** A look whose fields are in the order of the alphabet. */
const sorted = (look: IStyleData) =>
  Object.fromEntries(Object.entries(look).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Colours of lines and fills are objects, and what is undefined is not there. */
const withoutEmpty = (look: IStyleData) =>
  Object.fromEntries(Object.entries(look).filter(([, each]) => each !== undefined));
