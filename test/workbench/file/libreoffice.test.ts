import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync, unzlibSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { shadeOf } from '../../../src/workbook/shades';
import { writeBook } from '../../../workbench/file/xlsx/write';
import { bookOf, cellAt, firstSheet, lookAt, read } from './books';

const OFFICE = ['/usr/bin/soffice', '/Applications/LibreOffice.app/Contents/MacOS/soffice'].find(existsSync);
const folder = mkdtempSync(join(tmpdir(), 'workbench-office-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Has LibreOffice open a file and save it in another format. @returns what it has written */
function convert(bytes: Uint8Array, file: string, to: string): Uint8Array {
  const extension = to.split(':')[0] as string;
  writeFileSync(join(folder, file), bytes);
  const out = join(folder, 'out');
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const said = execFileSync(
    OFFICE as string,
    ['--headless', profile, '--convert-to', to, '--outdir', out, join(folder, file)],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  expect(said).toContain('convert ');
  return readFileSync(join(out, file.replace(/\w+$/, extension)));
}

/** The colours that the shapes of a PDF are filled with, as `#RRGGBB`. */
function fillsOf(pdf: Uint8Array): Set<string> {
  const file = Buffer.from(pdf);
  const fills = new Set<string>();
  for (let at = file.indexOf('stream\n'); at >= 0; at = file.indexOf('stream\n', at)) {
    const [start, end] = [at + 'stream\n'.length, file.indexOf('endstream', at)];
    const flate = /FlateDecode[^<]*>>\s*$/.test(file.toString('latin1', Math.max(0, at - 80), at));
    const text = flate ? strFromU8(unzlibSync(file.subarray(start, end)), true) : '';
    for (const [, red, green, blue] of text.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) rg\b/g)) {
      const digits = [red, green, blue].map((part) => Math.round(255 * Number(part)).toString(16));
      fills.add(`#${digits.map((each) => each.padStart(2, '0')).join('')}`.toUpperCase());
    }
    at = end + 'endstream'.length;
  }
  return fills;
}

const book = {
  ...bookOf(
    [
      {
        name: 'One',
        cellData: {
          0: {
            0: { v: 1.5, t: 2 },
            1: { f: '=SUM(A1:A3)', v: 6.75, t: 2 },
            2: { f: '=A1:A3*amount', v: 3, t: 2 },
          },
          1: { 0: { v: 2.25, t: 2 }, 1: { f: '=IF(B1>6,"ü "&ROUND(B1,1),"")', v: 'ü 6.8', t: 1 } },
          2: {
            0: { v: 3, t: 2, s: { bl: 1, bg: { rgb: '#FFF4C2' }, n: { pattern: '0.00' } } },
            1: { f: '=MAX(Two!A1:A2)', v: 8, t: 2 },
          },
        },
        mergeData: [{ startRow: 5, startColumn: 0, endRow: 6, endColumn: 2 }],
        columnData: { 0: { w: 140 } },
        rowData: { 2: { h: 40, ia: 0 } },
        freeze: { xSplit: 1, ySplit: 2, startRow: 2, startColumn: 1 },
        custom: { colourScales: [shadeOf('A1:A3', 'diverging'), shadeOf('C1:C3', 'sequential')] },
      },
      { name: 'Two', cellData: { 0: { 0: { v: 8, t: 2 } }, 1: { 0: { v: true as never, t: 3 } } } },
    ],
    {
      resources: [
        {
          name: 'SHEET_DEFINED_NAME_PLUGIN',
          data: JSON.stringify({
            a: { name: 'amount', formulaOrRefString: 'One!$A$3', localSheetId: 'AllDefaultWorkbook' },
          }),
        },
      ],
    },
  ),
  spills: { One: [{ area: { top: 0, left: 2, bottom: 2, right: 2 }, values: [[4.5], [6.75], [9]] }] },
};

/** Where there is no LibreOffice there is nothing to compare with. */
describe.skipIf(!OFFICE)('LibreOffice', { timeout: 120_000 }, () => {
  it('calculates the native formulas of a saved file to the values that are saved with them', async () => {
    const csv = strFromU8(
      convert(await writeBook(book), 'ours.xlsx', 'csv:Text - txt - csv (StarCalc):44,34,76'),
    );
    expect(csv.trim().split('\n').slice(0, 3)).toEqual(['1.5,6.75,4.5', '2.25,ü 6.8,6.75', '3.00,8,9']);
  });

  it('saves what the workbench opens again: cells, formulas, looks, sizes, names, scales', async () => {
    const taken = await read(convert(await writeBook(book), 'theirs.xlsx', 'xlsx'));
    const sheet = firstSheet(taken);
    expect(cellAt(taken, 0, 1)).toMatchObject({ f: '=SUM(A1:A3)' });
    expect(cellAt(taken, 0, 2)).toMatchObject({ f: '=A1:A3*amount' });
    expect(cellAt(taken, 1, 2)).not.toHaveProperty('v');
    expect(cellAt(taken, 2, 0)).toMatchObject({ v: 3 });
    expect(lookAt(taken, cellAt(taken, 2, 0))).toMatchObject({
      bl: 1,
      bg: { rgb: '#FFF4C2' },
      n: { pattern: '0.00' },
    });
    expect(sheet.mergeData).toEqual([{ startRow: 5, startColumn: 0, endRow: 6, endColumn: 2 }]);
    // LibreOffice keeps hundredths of millimetres.
    expect(Math.abs((sheet.columnData?.[0]?.w ?? 0) - 140)).toBeLessThanOrEqual(2);
    expect(Math.abs((sheet.rowData?.[2]?.h ?? 0) - 40)).toBeLessThanOrEqual(1);
    expect(taken.data.resources?.[0]?.data).toContain('One!$A$3');
    expect(sheet.custom?.colourScales).toEqual([
      shadeOf('A1:A3', 'diverging'),
      shadeOf('C1:C3', 'sequential'),
    ]);
    expect(taken.data.sheetOrder.map((id) => taken.data.sheets[id]?.name)).toEqual(['One', 'Two']);
  });

  it('shows an even scale, masked scores out of it, and saves it for the workbench to open', async () => {
    const scores = [
      [-1, -1e10, -1e10],
      [2, 0.5, -1e10],
      [-3, 1, 4],
    ];
    const cellData = Object.fromEntries(
      scores.map((row, i) => [i, Object.fromEntries(row.map((v, j) => [j, { v, t: 2 }]))]),
    );
    const scales = [shadeOf('A1:C3', 'diverging')];
    const bytes = await writeBook(bookOf([{ name: 'One', cellData, custom: { colourScales: scales } }]));
    const fills = fillsOf(convert(bytes, 'shaded.xlsx', 'pdf'));
    // What is masked would be as orange as the scale goes.
    const coloured = [...fills].filter((colour) => !['#000000', '#FFFFFF'].includes(colour)).sort();
    const expected = [-1, 2, 0.5, -3, 1, 4].map((value) => mixed(value / 4)).sort();
    expect(coloured).toHaveLength(expected.length);
    coloured.forEach((colour, at) => {
      // LibreOffice rounds in its own way.
      expect(distance(colour, expected[at] as string), `${colour} and ${expected[at]}`).toBeLessThanOrEqual(
        1,
      );
    });
    const taken = await read(convert(bytes, 'again.xlsx', 'xlsx'));
    expect(firstSheet(taken).custom?.colourScales).toEqual(scales);
    expect(taken.leftOut).toEqual([]);
  });

  it('opens a formula of the add-in without changing its name', async () => {
    const bytes = await writeBook(
      bookOf([{ name: 'One', cellData: { 0: { 0: { f: '=SUM(GPT2.EMBED("a"))', v: 1, t: 2 } } } }]),
    );
    const taken = await read(convert(bytes, 'functions.xlsx', 'xlsx'));
    expect(cellAt(taken, 0, 0)).toMatchObject({ f: '=SUM(GPT2.EMBED("a"))' });
    const parts = unzipSync(bytes);
    expect(strFromU8(parts['xl/worksheets/sheet1.xml'] as Uint8Array)).toContain(
      'SUM(_xldudf_GPT2_EMBED("a"))',
    );
  });
});

/** The colour of a diverging scale at a place from -1 to 1. */
function mixed(place: number): string {
  const end = place < 0 ? [0xf0, 0xa0, 0x70] : [0x6e, 0xa3, 0xef];
  const parts = end.map((part) => Math.round(255 + (part - 255) * Math.abs(place)).toString(16));
  return `#${parts.join('')}`.toUpperCase();
}

/** How far two colours are from each other, in the part in which they are farthest. */
const distance = (a: string, b: string) =>
  Math.max(
    ...[1, 3, 5].map((at) =>
      Math.abs(Number.parseInt(a.slice(at, at + 2), 16) - Number.parseInt(b.slice(at, at + 2), 16)),
    ),
  );
