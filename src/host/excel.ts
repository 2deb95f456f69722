import type { SheetHost } from './host';

/** Excel itself, through Office.js. */
export const excelHost: SheetHost = {
  name: 'Excel',

  insertFormula: (formula) =>
    run(async (context) => {
      const cell = context.workbook.getActiveCell();
      cell.load(['address', 'formulas', 'values']);
      await context.sync();
      // A cell that another formula spills into has a value but no formula of its own: it is taken too.
      if (cell.formulas[0]?.[0] !== '' || cell.values[0]?.[0] !== '') {
        throw new Error(`${cell.address} is not empty. Select an empty cell and insert again.`);
      }
      cell.formulas = [[formula]];
      await context.sync();
      return cell.address;
    }),

  selectedAddress: () =>
    run(async (context) => {
      const cell = context.workbook.getActiveCell();
      cell.load('address');
      await context.sync();
      return cell.address;
    }),

  recalculate: () =>
    run(async (context) => {
      context.workbook.application.calculate('Full');
      await context.sync();
    }),
};

/** What Excel refuses, in words that say what to do. */
const REFUSALS: Readonly<Record<string, string>> = {
  InvalidOperationInCellEditMode:
    'A cell is being edited. Press Enter or Esc in the sheet, then insert again.',
  AccessDenied: 'This sheet is protected. Select a cell that may be changed, then insert again.',
};

async function run<T>(work: (context: Excel.RequestContext) => Promise<T>): Promise<T> {
  try {
    return await Excel.run(work);
  } catch (error) {
    const refusal = error instanceof Error && 'code' in error ? REFUSALS[String(error.code)] : undefined;
    throw refusal ? new Error(refusal, { cause: error }) : error;
  }
}
