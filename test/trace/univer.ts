import { createUniver, LocaleType } from '@univerjs/presets';
import { UniverSheetsNodeCorePreset } from '@univerjs/presets/preset-sheets-node-core';
import { NAMESPACE } from '../../src/namespace';
import { area } from '../../src/workbook/address';
import type { Cell } from '../../src/workbook/sheet';

/** Answers a call: the function's name without the namespace, and its arguments. */
export type Call = (name: string, args: readonly unknown[]) => Promise<unknown[][]>;

/** What stands in for answers that are on their way. */
const WAITING = '#N/A';
const COLUMNS = 120;

/**
 * Calculates cells with the workbench's spreadsheet, without a browser.
 * @param sheets what is put into each sheet, by its name
 * @param columnCount how many columns each sheet has
 * @returns the first `width` columns of the sheet `wanted`, by rows
 */
export async function calculate(
  sheets: Readonly<Record<string, readonly Cell[]>>,
  rowCount: number,
  { wanted, width }: { wanted: string; width: number },
  functions: readonly string[],
  call: Call,
  columnCount = COLUMNS,
): Promise<unknown[][]> {
  const known = new Map<string, unknown[][]>();
  let asked = new Map<string, () => Promise<unknown[][]>>();
  const { univer, univerAPI } = createUniver({
    locale: LocaleType.EN_US,
    locales: { [LocaleType.EN_US]: {} },
    presets: [UniverSheetsNodeCorePreset()],
  });
  const names = Object.keys(sheets);
  const workbook = univerAPI.createWorkbook({
    id: 'workbook',
    sheetOrder: names,
    sheets: Object.fromEntries(
      names.map((name) => [
        name,
        { id: name, name, rowCount, columnCount, cellData: dataOf(sheets[name] ?? []) },
      ]),
    ),
  });
  const formula = univerAPI.getFormula();
  for (const name of functions) {
    formula.registerFunction(
      `${NAMESPACE}.${name}`,
      (...args) => {
        const key = `${name} ${JSON.stringify(args)}`;
        const found = known.get(key);
        if (found) return found as number[][];
        if (!/"#[A-Z]/.test(key)) asked.set(key, () => call(name, args));
        return WAITING;
      },
      name,
    );
  }
  do {
    const answers = [...asked];
    asked = new Map();
    for (const [key, answer] of answers) known.set(key, await answer());
    const ended = formula.onCalculationEnd();
    formula.executeCalculation();
    await ended;
  } while (asked.size > 0);
  const values = workbook.getSheetByName(wanted)?.getRange(0, 0, rowCount, width).getValues() ?? [];
  univer.dispose();
  return values;
}

/** Cells as Univer stores them. */
function dataOf(cells: readonly Cell[]): Record<number, Record<number, { f?: string; v?: string | number }>> {
  const data: ReturnType<typeof dataOf> = {};
  for (const { at, content } of cells) {
    const { top, left } = area(at);
    const formula = typeof content === 'string' && content.startsWith('=');
    data[top] = { ...data[top], [left]: formula ? { f: content } : { v: content } };
  }
  return data;
}
