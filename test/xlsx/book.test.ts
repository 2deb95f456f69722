import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../src/workbook/sheet';
import { tour } from '../../src/workbook/tour';
import { xlsxOf } from '../../src/xlsx/book';
import { partsOfFile } from '../support/zip';

const blank: Sheet = {
  name: 'Sheet',
  columns: [],
  defaultWidth: 64,
  rowHeights: {},
  frozen: { rows: 0, columns: 0 },
  start: 'A1',
  names: {},
  cells: [],
  areas: [],
  scales: [],
};

const partsOf = async (...sheets: Partial<Sheet>[]) =>
  partsOfFile(
    await xlsxOf(
      sheets.map((sheet) => ({ ...blank, ...sheet })),
      { title: 'Test' },
    ),
  );

const sheetXml = async (sheet: Partial<Sheet>) =>
  (await partsOf(sheet)).get('xl/worksheets/sheet1.xml') ?? '';

describe('a book as an .xlsx file', () => {
  it('has texts, numbers and formulas', async () => {
    const xml = await sheetXml({
      cells: [
        { at: 'B2', content: 'a < b & "c"' },
        { at: 'C2', content: 0.25 },
        { at: 'D2', content: '=C2*4', result: 1 },
      ],
    });
    expect(xml).toContain('<c r="C2"><v>0.25</v></c>');
    expect(xml).toMatch(/<c r="D2"[^>]*><f>C2\*4<\/f><v>1<\/v><\/c>/);
    const bytes = await xlsxOf([{ ...blank, cells: [{ at: 'A1', content: ' a < b & "c" ' }] }], {
      title: 'Test',
    });
    expect((await readXlsx(bytes)).sheets[0]?.rows).toEqual([[' a < b & "c" ']]);
  });

  it('fills a range with one array formula and its results', async () => {
    const xml = await sheetXml({
      cells: [{ at: 'A1', content: '=TRANSPOSE(D1:D2)', fills: 'B1', result: [1.5, -2] }],
    });
    expect(xml).toContain('<c r="A1"><f t="array" ref="A1:B1">TRANSPOSE(D1:D2)</f><v>1.5</v></c>');
    expect(xml).toContain('<c r="B1"><v>-2</v></c>');
  });

  it('marks a formula that spills as a dynamic one', async () => {
    const parts = await partsOf({ cells: [{ at: 'A1', content: '=SEQUENCE(3)', spillsTo: 'A3' }] });
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain(
      '<c r="A1" cm="1"><f t="array" ref="A1:A3">_xlfn.SEQUENCE(3)</f>',
    );
    expect(parts.get('xl/metadata.xml')).toContain('fDynamic="1"');
  });

  it('writes blocks of numbers with the shortest decimals that are the same float32', async () => {
    const values = Float32Array.of(0.1, -1 / 3, 16777217, 0, 1e-8, 3.4e38);
    const xml = await sheetXml({ numbers: [{ at: 'B2', columns: 3, values, look: 'weight' }] });
    const written = [...xml.matchAll(/<v>([^<]*)<\/v>/g)].map(([, value]) => value);
    expect(written).toEqual(['0.1', '-0.33333334', '16777216', '0', '1e-8', '3.4e+38']);
    expect(written.map((value) => Math.fround(Number(value)))).toEqual([...values]);
    expect(xml).toMatch(/<c r="B3" s="\d+"><v>0<\/v>/);
  });

  it('gives names to cells of one sheet, and opens the file calculated', async () => {
    const parts = await partsOf({ name: 'My map', names: { prompt: 'B2', table: 'C5:D9' } });
    const workbook = parts.get('xl/workbook.xml') ?? '';
    expect(workbook).toContain(`<definedName name="prompt" localSheetId="0">'My map'!$B$2</definedName>`);
    expect(workbook).toContain(`'My map'!$C$5:$D$9`);
    expect(workbook).toContain('fullCalcOnLoad="1"');
  });

  it('links cells, within the workbook and to the web', async () => {
    const parts = await partsOf({
      cells: [
        { at: 'A1', content: 'Map', link: "'My map'!B2" },
        { at: 'A2', content: 'Web', link: 'https://example.com/a?b&c' },
      ],
    });
    expect(parts.get('xl/worksheets/sheet1.xml')).toMatch(
      /<hyperlink ref="A1" location="[^"]*My map[^"]*!B2"/,
    );
    expect(parts.get('xl/worksheets/_rels/sheet1.xml.rels')).toContain('https://example.com/a?b&amp;c');
  });

  it('has colour scales, notes, charts, merged cells and frozen panes', async () => {
    const parts = await partsOf({
      frozen: { rows: 2, columns: 1 },
      cells: [{ at: 'A1', content: 'x', mergedTo: 'C1', look: 'input', note: 'A remark' }],
      scales: [
        { range: 'A2:B3', low: { colour: '#FFFFFF', at: 0 }, high: { colour: '#6EA3EF' } },
        {
          range: 'C2:D3',
          low: { colour: '#F0A070' },
          middle: '#FFFFFF',
          high: { colour: '#6EA3EF' },
          even: true,
          masked: true,
        },
      ],
      charts: [
        {
          kind: 'bars',
          title: 'Likely',
          at: 'F2:J9',
          categories: 'A2:A3',
          series: [{ name: 'p', values: 'B2:B3' }],
        },
      ],
    });
    const xml = parts.get('xl/worksheets/sheet1.xml') ?? '';
    expect(xml).toContain('<mergeCell ref="A1:C1"/>');
    expect(xml).toContain('xSplit="1" ySplit="2" topLeftCell="B3" state="frozen"');
    expect(xml).toContain('<cfvo type="num" val="0"/><cfvo type="max"/>');
    expect(xml).toContain(
      'val="-MAX(MAX($C$2:$D$3),-IFERROR(SMALL($C$2:$D$3,COUNTIF($C$2:$D$3,&quot;&lt;-1000000000&quot;)+1),0))"',
    );
    expect(xml).toMatch(/type="cellIs"[^>]*operator="lessThan"[^>]*stopIfTrue/);
    expect(parts.get('xl/comments1.xml')).toContain('A remark');
    expect(parts.get('xl/charts/chart1.xml')).toContain('Sheet!$B$2:$B$3');
  });

  it('has points of a colour, which are not joined', async () => {
    const categories = 'A1:A3';
    const series = [
      { name: 'y', values: 'B1:B3' },
      { name: 'z', values: 'C1:C3' },
    ];
    const chart = { title: 'Words', at: 'E5:J20', categories, series };
    const parts = await partsOf({ charts: [{ ...chart, kind: 'points' }] }, { name: 'Two' });
    const xml = parts.get('xl/charts/chart1.xml') ?? '';
    const noLine = '<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val="circle"/>';
    expect(xml.split(noLine)).toHaveLength(3);
    expect(xml.split('</c:yVal><c:smooth val="0"/></c:ser>')).toHaveLength(3);
    expect(xml).toMatch(/<c:marker>.*?<a:srgbClr val="[\dA-F]{6}"\/>.*?<\/c:marker>/);
  });

  it('draws the tour', async () => {
    const parts = await partsOf(tour);
    const xml = parts.get('xl/worksheets/sheet1.xml') ?? '';
    expect(xml).toContain('GPT2.NEXT(prompt)');
    expect(xml).toContain('<conditionalFormatting');
  });

  it.each(['', 'a/b', 'x'.repeat(32), "'a"])('refuses to call a sheet “%s”', async (name) => {
    await expect(partsOf({ name })).rejects.toThrow(`cannot be called “${name}”`);
  });

  it('refuses two sheets of one name', async () => {
    await expect(partsOf({ name: 'Map' }, { name: 'map' })).rejects.toThrow('Two sheets are called “map”');
  });
});
