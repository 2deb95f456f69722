import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SheetHost } from '../../src/host/host';
import { FakeExcel } from './fake-excel/excel';

const ATTN = '=GPT2.ATTN(A1,0,3)';
const SCORES = '=GPT2.SCORES(A1,0,3)';
const RESULTS = {
  [ATTN]: [
    [1, 0],
    [0.25, 0.75],
  ],
  [SCORES]: [
    [0.5, -1e10],
    [-2, 1.5],
  ],
  '=GPT2.TOKENS(A1)': [['Mike'], ['007']],
  '=GPT2.NEXT(A1)': [[' quickly']],
  '=GPT2.EMBED(A1)': [['#VALUE!']],
};

let excel: FakeExcel;
let host: Required<SheetHost>;

beforeEach(async () => {
  vi.resetModules();
  excel = new FakeExcel(RESULTS);
  excel.set('A1', 'Mike is');
  excel.set('C4', ATTN);
  excel.selected = 'D5';
  // Afresh for each test, for it remembers what it did.
  host = (await import('../../src/host/excel')).excelHost as Required<SheetHost>;
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const spill = { anchor: 'Sheet1!C4', formula: ATTN, address: 'Sheet1!C4:D5', rows: 2, columns: 2 };

describe('the selection in Excel', () => {
  it('tells of the spill that a cell is a part of', async () => {
    expect(await host.selection()).toEqual({
      address: 'Sheet1!D5',
      range: 'Sheet1!D5',
      value: 0.75,
      text: '0.75',
      spill: { ...spill, row: 1, column: 1 },
    });
  });

  it('tells of the formula itself in the cell that holds it', async () => {
    excel.selected = 'C4:D4';
    expect(await host.selection()).toMatchObject({
      address: 'Sheet1!C4',
      range: 'Sheet1!C4:D4',
      formula: ATTN,
      spill: { ...spill, row: 0, column: 0 },
    });
  });

  it('tells of a formula with one value, of a value, and of nothing', async () => {
    excel.set('F1', '=GPT2.NEXT(A1)');
    excel.selected = 'F1';
    expect(await host.selection()).toEqual({
      address: 'Sheet1!F1',
      range: 'Sheet1!F1',
      value: ' quickly',
      text: ' quickly',
      formula: '=GPT2.NEXT(A1)',
    });
    excel.selected = 'A1';
    expect(await host.selection()).toMatchObject({ value: 'Mike is', text: 'Mike is' });
    excel.selected = 'H9';
    expect(await host.selection()).toEqual({
      address: 'Sheet1!H9',
      range: 'Sheet1!H9',
      value: null,
      text: '',
    });
  });

  it('is told of once, some time after the last of several changes, until that is ended', async () => {
    vi.useFakeTimers();
    const listener = vi.fn();
    const end = host.onSelectionChange(listener);
    await vi.advanceTimersByTimeAsync(1);
    for (const event of ['selection', 'selection', 'calculated']) excel.fire(event);
    expect(listener).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(listener).toHaveBeenCalledTimes(1);
    end();
    await vi.advanceTimersByTimeAsync(1);
    excel.fire('selection');
    await vi.advanceTimersByTimeAsync(200);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('moves to another sheet', async () => {
    await host.write((at) => [{ at: 'A1', content: `=${at('B1')}` }], 'Other');
    await host.select('Other!B2:C3');
    expect([excel.active.name, excel.selected]).toEqual(['Other', 'B2:C3']);
  });
});

it('finds every formula of every sheet in Excel, once each', async () => {
  await host.write(
    (at) => [
      { at: 'B2', content: 'a text' },
      { at: 'C3', content: `=SUM(${at('A1')})` },
    ],
    'My sheet',
  );
  expect(await host.formulas()).toEqual([
    { address: 'Sheet1!C4', formula: ATTN },
    { address: "'My sheet'!C3", formula: '=SUM(A1)' },
  ]);
});

describe('reading in Excel', () => {
  it('gives values of ranges, of names, and of all that a formula fills', async () => {
    excel.names.set('prompt', 'Sheet1!A1');
    expect(await host.read('Sheet1!$A$1:A2')).toEqual([['Mike is'], [null]]);
    expect(await host.read('prompt')).toEqual([['Mike is']]);
    expect(await host.read('C4#')).toEqual(RESULTS[ATTN]);
  });

  it.each([
    ['Nowhere!A1', 'There is no sheet named Nowhere.'],
    ['nothing', 'nothing is neither a name nor the address of a cell or a range'],
    ['A1#', 'No formula in A1 fills other cells.'],
    ['A:A', 'Sheet1!A1:A1048576 has too many cells: at most 250,000 can be read at once.'],
  ])('refuses %s with a sentence', async (address, sentence) => {
    await expect(host.read(address)).rejects.toThrow(sentence);
  });
});

describe('writing a block in Excel', () => {
  const write = (sheet?: string) =>
    host.write(
      (at) => [
        { at: 'A1', content: 'query', look: 'label' },
        { at: 'A2', content: '007' },
        { at: 'B2', content: `=${at('A2')}*21` },
      ],
      sheet,
    );

  it('goes to the right of the spill, texts as texts, and undoing leaves no trace', async () => {
    const before = structuredClone(excel.cell('F4'));
    expect(await write()).toBe('Sheet1!F4:G5');
    expect(excel.cell('F4')).toMatchObject({ content: 'query', font: { bold: true } });
    expect(excel.cell('F5').content).toBe('007');
    expect(excel.cell('G5').content).toBe('=F5*21');
    expect(host.lastChange()).toEqual({ kind: 'write', address: 'Sheet1!F4:G5' });
    expect(await host.undoLast()).toEqual({ kind: 'write', address: 'Sheet1!F4:G5', changed: [] });
    const { content, font, numberFormat } = excel.cell('F4');
    expect({ content, font, numberFormat }).toEqual({
      content: before.content,
      font: before.font,
      numberFormat: before.numberFormat,
    });
    expect(excel.value('G5')).toBe('');
    expect(host.lastChange()).toBeUndefined();
    await expect(host.undoLast()).rejects.toThrow('There is nothing to undo.');
  });

  it('goes below where the right is taken, also by an empty result, and nowhere where both are', async () => {
    excel.set('G5', '=""');
    expect(await write()).toBe('Sheet1!C7:D8');
    await expect(write()).rejects.toThrow(/no room for 2 × 2 cells .*neither F4:G5 nor C7:D8 is empty/);
  });

  it('goes to a new sheet with a name of its own, which undoing takes away', async () => {
    expect(await write('Trace')).toBe('Trace!A1:B2');
    expect(await write('trace')).toBe("'trace (2)'!A1:B2");
    expect(await write("'a/b:x'?")).toBe("'a b x'!A1:B2");
    await host.undoLast();
    await host.undoLast();
    expect(excel.sheets.map(({ name }) => name)).toEqual(['Sheet1', 'Trace']);
    excel.set('Trace!D9', 'mine');
    expect(await host.undoLast()).toMatchObject({ changed: ['Trace!A1:D9'] });
    expect(excel.sheets).toHaveLength(2);
    await host.undoLast(true);
    expect(excel.sheets).toHaveLength(1);
  });

  it('takes back its own cells alone', async () => {
    await write();
    excel.set('G4', 'mine, in a gap');
    expect(await host.undoLast()).toMatchObject({ changed: [] });
    expect([excel.value('F4'), excel.value('G4')]).toEqual(['', 'mine, in a gap']);
  });

  it('refuses a block without cells', async () => {
    await expect(host.write(() => [])).rejects.toThrow('There is nothing to write');
  });
});

describe('shading in Excel', () => {
  it('colours attention from 0 to the highest value, with two decimals, and takes that back', async () => {
    expect(await host.shade('C4:D5', 'sequential')).toBe('Sheet1!C4:D5');
    expect(excel.active.formats).toMatchObject([
      {
        kind: 'ColorScale',
        range: 'C4:D5',
        criteria: {
          minimum: { type: 'Number', formula: '0', color: '#FFFFFF' },
          maximum: { type: 'HighestValue', color: '#6EA3EF' },
        },
      },
    ]);
    expect(excel.cell('D5').numberFormat).toBe('0.00');
    await host.undoLast();
    expect(excel.active.formats).toEqual([]);
    expect(excel.cell('D5').numberFormat).toBe('General');
  });

  it('colours equally far to both sides of 0, and keeps what is masked out of it', async () => {
    excel.set('C4', SCORES);
    await host.shade('C4#', 'diverging');
    const [mask, scale] = excel.active.formats;
    expect(mask).toMatchObject({ kind: 'CellValue', stopIfTrue: true, rule: { formula1: '=-1000000000' } });
    const farthest = 'MAX(MAX($C$4:$D$5),-IFERROR(SMALL($C$4:$D$5,COUNTIF($C$4:$D$5,"<-1000000000")+1),0))';
    expect(scale?.criteria).toMatchObject({
      minimum: { formula: `=-${farthest}` },
      midpoint: { formula: '0' },
      maximum: { formula: `=${farthest}` },
    });
    await host.undoLast();
    expect(excel.active.formats).toEqual([]);
  });

  it('asks before it takes back a number format that was changed since', async () => {
    await host.shade('C4:D5', 'sequential');
    excel.cell('C5').numberFormat = '0%';
    expect(await host.undoLast()).toMatchObject({ kind: 'shade', changed: ['Sheet1!C5'] });
    expect(excel.active.formats).toHaveLength(1);
  });

  it('refuses cells without numbers', async () => {
    await expect(host.shade('A1', 'sequential')).rejects.toThrow('Sheet1!A1 holds no numbers.');
  });
});

describe('labels in Excel', () => {
  it('go into the column to the left, as texts, never over anything', async () => {
    expect(await host.labelRows('C4:D5', [' is', '007'])).toBe('Sheet1!B4:B5');
    expect([excel.value('B4'), excel.value('B5')]).toEqual([' is', '007']);
    await expect(host.labelRows('C4:D5', ['a'])).rejects.toThrow(
      'Sheet1!B4:B5 is not empty, and nothing is overwritten.',
    );
    await host.undoLast();
    expect([excel.value('B4'), excel.value('B5')]).toEqual(['', '']);
  });

  it('are refused where there is no column, and where there are too many', async () => {
    await expect(host.labelRows('A1', ['a'])).rejects.toThrow('There is no column to the left of Sheet1!A1.');
    await expect(host.labelRows('C4', ['a', 'b'])).rejects.toThrow(
      'There are 2 labels, but Sheet1!C4 has 1 row.',
    );
  });

  it('that somebody has undone in Excel itself are passed over', async () => {
    await host.shade('C4:D5', 'sequential');
    await host.labelRows('C4:D5', ['a', 'b']);
    excel.set('B4', undefined);
    excel.set('B5', undefined);
    expect(await host.undoLast()).toMatchObject({ kind: 'shade' });
  });
});

describe('freezing in Excel', () => {
  it('puts values in the place of the formula, from any cell of its spill, and the formula back', async () => {
    expect(await host.freeze('D5')).toBe('Sheet1!C4:D5');
    expect(excel.cell('C4').content).toBe(1);
    expect(excel.cell('D5').content).toBe(0.75);
    expect(await host.undoLast()).toMatchObject({ changed: [] });
    expect(excel.cell('C4').content).toBe(ATTN);
    expect(excel.cell('D5').content).toBeUndefined();
    expect(excel.value('D5')).toBe(0.75);
  });

  it('keeps texts that look like numbers', async () => {
    excel.set('F1', '=GPT2.TOKENS(A1)');
    await host.freeze('F1');
    expect(excel.cell('F2').content).toBe('007');
  });

  it('asks before it overwrites what was changed since', async () => {
    await host.freeze('C4');
    excel.set('D4', 'mine');
    expect(await host.undoLast()).toEqual({
      kind: 'freeze',
      address: 'Sheet1!C4:D5',
      changed: ['Sheet1!D4'],
    });
    expect(excel.value('D4')).toBe('mine');
    await host.undoLast(true);
    expect(excel.value('D4')).toBe(0);
  });

  it('refuses values, and formulas that show an error', async () => {
    await expect(host.freeze('A1')).rejects.toThrow('Sheet1!A1 holds no formula.');
    excel.set('F1', '=GPT2.EMBED(A1)');
    await expect(host.freeze('F1')).rejects.toThrow('Sheet1!F1 shows #VALUE!.');
  });
});

it('remembers settings in the workbook until they are forgotten', async () => {
  expect(await host.getSetting('model')).toBeUndefined();
  await host.setSetting('model', 'models/gpt2');
  expect(excel.settings.get('model')).toBe('models/gpt2');
  expect(await host.getSetting('model')).toBe('models/gpt2');
  await host.setSetting('model', undefined);
  await host.setSetting('model', undefined);
  expect(await host.getSetting('model')).toBeUndefined();
});

it('says what an old Excel cannot do, and from which version on', async () => {
  excel = new FakeExcel(RESULTS, 3);
  const old = 'This Excel cannot';
  await expect(host.insertFormula('=1')).rejects.toThrow(
    `${old} tell which cell is selected: that needs ExcelApi 1.7.`,
  );
  await expect(host.selection()).rejects.toThrow(
    `${old} tell what a formula fills: that needs ExcelApi 1.12.`,
  );
  await expect(host.read('A1')).rejects.toThrow(`${old} read cells for the pane`);
  await expect(host.write(() => [])).rejects.toThrow(`${old} write blocks of cells`);
  await expect(host.shade('A1', 'sequential')).rejects.toThrow(`${old} colour cells by value`);
  await expect(host.labelRows('A1', [])).rejects.toThrow(`${old} label rows`);
  await expect(host.freeze('A1')).rejects.toThrow(`${old} put values in the place of a formula`);
  await expect(host.getSetting('a')).rejects.toThrow(`${old} remember settings`);
  await expect(host.setSetting('a', 'b')).rejects.toThrow(`${old} remember settings`);
});
