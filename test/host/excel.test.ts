import { afterEach, describe, expect, it, vi } from 'vitest';
import { excelHost } from '../../src/host/excel';

/** An Excel whose active cell is B3. */
function fakeExcel(content: { formula?: string; value?: unknown } = {}) {
  const cell = {
    address: 'Sheet1!B3',
    formulas: [[content.formula ?? '']],
    values: [[content.value ?? content.formula ?? '']],
    load: vi.fn(),
  };
  const context = {
    workbook: { getActiveCell: () => cell, application: { calculate: vi.fn() } },
    sync: async () => undefined,
  };
  vi.stubGlobal('Office', { context: { requirements: { isSetSupported: () => true } } });
  vi.stubGlobal('Excel', { run: (work: (given: typeof context) => unknown) => work(context) });
  return { cell, context };
}

afterEach(() => void vi.unstubAllGlobals());

describe('Excel as a host', () => {
  it('puts a formula into the active cell and says where', async () => {
    const { cell } = fakeExcel();
    await expect(excelHost.insertFormula('=GPT2.NEXT("a")')).resolves.toBe('Sheet1!B3');
    expect(cell.formulas).toEqual([['=GPT2.NEXT("a")']]);
  });

  it.each([
    ['a formula', { formula: '=A1' }],
    ['a value', { formula: '7', value: 7 }],
    ['a value that another formula spilled there', { formula: '', value: 7 }],
    ['a formula with an empty result', { formula: '=""', value: '' }],
  ])('never overwrites %s', async (_, content) => {
    const { cell } = fakeExcel(content);
    await expect(excelHost.insertFormula('=1')).rejects.toThrow('Sheet1!B3 is not empty.');
    expect(cell.formulas).toEqual([[content.formula]]);
  });

  it('explains why nothing can be inserted while a cell is edited', async () => {
    fakeExcel();
    const busy = Object.assign(new Error('raw'), { code: 'InvalidOperationInCellEditMode' });
    vi.stubGlobal('Excel', { run: () => Promise.reject(busy) });
    await expect(excelHost.insertFormula('=1')).rejects.toThrow(/Press Enter or Esc/);
  });

  it('names the selected cell and calculates on request', async () => {
    const { context } = fakeExcel();
    await expect(excelHost.selectedAddress?.()).resolves.toBe('Sheet1!B3');
    await excelHost.recalculate?.();
    expect(context.workbook.application.calculate).toHaveBeenCalledWith('Full');
  });

  it('opens the bytes of a file as a workbook of its own, whole', async () => {
    fakeExcel();
    const opened: string[] = [];
    const createWorkbook = async (base64: string) => void opened.push(base64);
    vi.stubGlobal('Excel', { createWorkbook });
    for (const length of [0, 1, 2, 3, 3 * 8192, 3 * 8192 + 1, 1_000_003]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * i) % 251);
      await excelHost.openWorkbook?.(bytes);
      expect(Buffer.from(opened.at(-1) ?? '', 'base64').equals(bytes), `${length} bytes`).toBe(true);
    }
  });

  it('says which Excel is too old for that', async () => {
    fakeExcel();
    vi.stubGlobal('Office', { context: { requirements: { isSetSupported: () => false } } });
    await expect(excelHost.openWorkbook?.(new Uint8Array(1))).rejects.toThrow(
      /cannot open a new workbook: that needs ExcelApi 1\.8/,
    );
  });
});
