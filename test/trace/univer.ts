import { createUniver, LocaleType } from '@univerjs/presets';
import { UniverSheetsNodeCorePreset } from '@univerjs/presets/preset-sheets-node-core';
import { NAMESPACE } from '../../src/namespace';
import type { Cell } from '../../src/workbook/sheet';

/** Answers a call: the function's name without the namespace, and its arguments. */
export type Call = (name: string, args: readonly unknown[]) => Promise<unknown[][]>;

/** What stands in for answers that are on their way. */
const WAITING = '#N/A';
const COLUMNS = 120;

/**
 * Calculates cells with the workbench's spreadsheet, without a browser.
 * @param sheets what is put into each sheet, by its name
 * @returns the values of each sheet, by rows
 */
export async function calculate(
  sheets: Readonly<Record<string, readonly Cell[]>>,
  rowCount: number,
  functions: readonly string[],
  call: Call,
): Promise<Record<string, unknown[][]>> {
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
      names.map((name) => [name, { id: name, name, rowCount, columnCount: COLUMNS, cellData: {} }]),
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
  for (const [name, cells] of Object.entries(sheets)) {
    const sheet = workbook.getSheetByName(name);
    for (const { at, content } of cells) {
      sheet
        ?.getRange(at)
        .setValue(typeof content === 'string' && content.startsWith('=') ? { f: content } : content);
    }
  }
  do {
    const answers = [...asked];
    asked = new Map();
    for (const [key, answer] of answers) known.set(key, await answer());
    const ended = formula.onCalculationEnd();
    formula.executeCalculation();
    await ended;
  } while (asked.size > 0);
  const values = names.map((name): [string, unknown[][]] => [
    name,
    workbook.getSheetByName(name)?.getRange(0, 0, rowCount, COLUMNS).getValues() ?? [],
  ]);
  univer.dispose();
  return Object.fromEntries(values);
}
