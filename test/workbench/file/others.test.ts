import { strToU8, unzipSync, zipSync } from 'fflate';
import { writeXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { writeBook } from '../../../workbench/file/xlsx/write';
import { bookOf, cellAt, firstSheet, lookAt, read } from './books';

const zip = (parts: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
const container = (name: string) => {
  const bytes = new Uint8Array(2048);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  [...name].forEach((letter, index) => {
    bytes[1024 + 2 * index] = letter.charCodeAt(0);
  });
  return bytes;
};
const refusal = (bytes: Uint8Array, file: string) =>
  read(bytes, file).then(
    () => 'opened',
    (error: Error) => error.message,
  );

describe('a file that is no workbook', () => {
  it.each([
    ['nothing.xlsx', new Uint8Array(0), '“nothing.xlsx” is empty.'],
    ['letter.xlsx', strToU8('Dear Sir or Madam'), '“letter.xlsx” is not a workbook.'],
    ['secret.xlsx', container('EncryptedPackage'), '“secret.xlsx” is protected with a password.'],
    ['old.xls', container('Workbook'), '“old.xls” is in the format that Excel used before 2007 (.xls).'],
    [
      'fast.xlsb',
      zip({ '[Content_Types].xml': '', 'xl/workbook.bin': '' }),
      '“fast.xlsb” is in Excel’s binary format',
    ],
    ['open.ods', zip({ mimetype: '', 'content.xml': '' }), '“open.ods” is an OpenDocument file.'],
    [
      'letter.docx',
      zip({ '[Content_Types].xml': '', 'word/document.xml': '' }),
      '“letter.docx” is a ZIP file, but not a workbook',
    ],
    ['photos.zip', zip({ 'a.jpg': '' }), '“photos.zip” is a ZIP file, but not a workbook'],
    [
      'hollow.xlsx',
      zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' }),
      '“hollow.xlsx” is damaged and cannot be read',
    ],
    ['picture.csv', new Uint8Array([137, 80, 78, 71, 0, 0]), '“picture.csv” is not a workbook.'],
  ])('%s is refused by name and reason', async (file, bytes, sentence) => {
    expect(await refusal(bytes, file)).toContain(sentence);
  });

  it('is damaged when its end is missing', async () => {
    const bytes = await writeBook(bookOf([{ name: 'One' }]));
    expect(await refusal(bytes.slice(0, bytes.length / 2), 'half.xlsx')).toContain('“half.xlsx” is damaged');
  });

  it('is damaged when a sheet in it is', async () => {
    const parts = unzipSync(await writeBook(bookOf([{ name: 'One', cellData: { 0: { 0: { v: 1 } } } }])));
    delete parts['xl/worksheets/sheet1.xml'];
    expect(await refusal(zipSync(parts), 'gap.xlsx')).toContain('“gap.xlsx” is damaged');
  });

  it('is too large, or unpacks to what is too large', async () => {
    expect(await refusal(new Uint8Array(200e6), 'huge.xlsx')).toBe(
      '“huge.xlsx” has 200 MB. The workbench opens files of up to 50 MB.',
    );
    const bytes = zip({ '[Content_Types].xml': '', 'xl/workbook.xml': 'x' });
    // The size that the last entry of the list of parts claims.
    const entry = Buffer.from(bytes.buffer).lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    new DataView(bytes.buffer).setUint32(entry + 24, 2e9, true);
    expect(await refusal(bytes, 'bomb.xlsx')).toBe(
      '“bomb.xlsx” unpacks to 2000 MB. The workbench opens what unpacks to up to 500 MB.',
    );
  });

  it('has a cell so far out that its sheet fits into no memory', async () => {
    const parts = unzipSync(await writeBook(bookOf([{ name: 'Far', cellData: { 0: { 0: { v: 1 } } } }])));
    const sheet = new TextDecoder().decode(parts['xl/worksheets/sheet1.xml']);
    parts['xl/worksheets/sheet1.xml'] = strToU8(
      sheet.replace('</row>', '</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    );
    expect(await refusal(zipSync(parts), 'far.xlsx')).toContain('the sheet “Far” reaches too far');
  });
});

describe('a workbook made by others', () => {
  const png = Uint8Array.from(
    atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
    (letter) => letter.charCodeAt(0),
  );

  it('is opened without what there is no place for, and says so', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'Data',
          rows: [
            ['region', 'amount'],
            ['north', 3],
            ['south', 4],
          ],
          cells: new Map([['4,0', { richText: [{ text: 'a', font: { bold: true } }, { text: 'b' }] }]]),
          tables: [{ name: 'Sales', range: 'A1:B3', columns: [{ name: 'region' }, { name: 'amount' }] }],
          dataValidations: [{ type: 'list', values: ['a', 'b'], range: 'D1' }],
          conditionalRules: [
            {
              type: 'dataBar',
              priority: 1,
              range: 'B2:B3',
              dataBar: { cfvo: [{ type: 'min' }, { type: 'max' }], color: 'FF0000FF' },
            },
          ],
          images: [{ data: png, type: 'png', anchor: { from: { row: 5, col: 5 } } }],
          protection: { sheet: true },
        },
        {
          name: 'Pivot',
          rows: [],
          pivotTables: [
            {
              name: 'P',
              sourceSheet: 'Data',
              sourceRange: 'A1:B3',
              rows: ['region'],
              values: [{ field: 'amount' }],
            },
          ],
        },
        {
          name: 'Chart',
          rows: [[1], [2]],
          charts: [
            { type: 'column', series: [{ values: 'Chart!$A$1:$A$2' }], anchor: { from: { row: 3, col: 3 } } },
          ],
        },
      ],
      vbaProject: new Uint8Array([1, 2, 3]),
    });
    const taken = await read(bytes, 'office.xlsm');
    expect(cellAt(taken, 1, 0)?.v).toBe('north');
    expect(cellAt(taken, 4, 0)?.v).toBe('ab');
    expect(taken.leftOut).toEqual([
      'Macros. They do not run here, and are not in what you save.',
      'One pivot table: the values are here, the tables are not.',
      'One chart.',
      'One picture or shape.',
      'One table: the cells are here, without filters and stripes.',
      'One rule for what may be typed into cells.',
      'Protection of sheets: every cell can be changed here.',
      'One conditional format other than the workbench’s colour scales.',
      'Different fonts within a text, in one cell: the texts are here.',
    ]);
  });

  it('may have formulas that were filled down, dates, and colours of a theme', async () => {
    const parts = unzipSync(
      await writeXlsx({
        sheets: [
          {
            name: 'One',
            cells: new Map([
              ['0,0', { value: 2 }],
              ['1,0', { value: 3 }],
              [
                '0,1',
                {
                  formula: 'A1*2',
                  formulaType: 'shared',
                  formulaSharedIndex: 0,
                  formulaRef: 'B1:B2',
                  formulaResult: 4,
                },
              ],
              ['1,1', { formula: '', formulaType: 'shared', formulaSharedIndex: 0, formulaResult: 6 }],
              ['0,2', { value: 45_000.25, style: { numFmt: 'yyyy-mm-dd hh:mm' } }],
              ['0,3', { value: 'x', style: { font: { color: { theme: 1 } } } }],
              ['0,4', { formula: 'UNHEARD(A1)', formulaResult: 9 }],
            ]),
          },
        ],
      }),
    );
    const taken = await read(zipSync(parts));
    expect(cellAt(taken, 0, 1)).toEqual({ f: '=A1*2' });
    expect(cellAt(taken, 1, 1)).toEqual({ f: '=A2*2' });
    expect(cellAt(taken, 0, 2)).toMatchObject({ v: 45_000.25, t: 2 });
    expect(lookAt(taken, cellAt(taken, 0, 2)).n?.pattern).toBe('yyyy-mm-dd hh:mm');
    expect(lookAt(taken, cellAt(taken, 0, 3)).cl?.rgb).toBe('#000000');
    expect(cellAt(taken, 0, 4)).toMatchObject({ v: 9 });
    expect(taken.leftOut).toHaveLength(1);
    // And there is room under what formulas fill.
    expect(firstSheet(taken)).toMatchObject({ rowCount: 2000, columnCount: 1700 });
  });

  it('may be rows of text', async () => {
    const taken = await read(strToU8('name;amount\nnorth;3.5\n"a;b";007\n'), 'list.csv');
    expect(firstSheet(taken).name).toBe('list');
    expect(cellAt(taken, 1, 1)).toEqual({ v: 3.5, t: 2 });
    expect(cellAt(taken, 2, 0)).toEqual({ v: 'a;b', t: 1 });
    expect(cellAt(taken, 2, 1)).toEqual({ v: '007', t: 4 });
  });
});
