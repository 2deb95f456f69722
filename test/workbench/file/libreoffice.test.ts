import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
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
    expect(sheet.custom?.colourScales).toContainEqual(shadeOf('C1:C3', 'sequential'));
    expect(taken.data.sheetOrder.map((id) => taken.data.sheets[id]?.name)).toEqual(['One', 'Two']);
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
