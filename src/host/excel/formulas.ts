import { addressOf, onSheet } from '../../workbook/address';
import type { FormulaCell } from '../host';

/** A sheet with more cells than this is not searched: reading it would keep Excel busy. */
const MOST_CELLS = 250_000;

/** See `SheetHost.formulas`. */
export async function allFormulas(context: Excel.RequestContext): Promise<FormulaCell[]> {
  const { worksheets } = context.workbook;
  worksheets.load('items/name');
  await context.sync();
  const sheets = worksheets.items.map(({ name }) => {
    const used = worksheets.getItemOrNullObject(name).getUsedRangeOrNullObject(true);
    used.load(['cellCount', 'rowIndex', 'columnIndex']);
    return { name, used };
  });
  await context.sync();
  const searched = sheets.filter(
    ({ used }) => !used.isNullObject && used.cellCount >= 0 && used.cellCount <= MOST_CELLS,
  );
  for (const { used } of searched) used.load('formulas');
  await context.sync();
  return searched.flatMap(({ name, used }) =>
    (used.formulas as unknown[][]).flatMap((row, r) =>
      row.flatMap((content, c) =>
        typeof content === 'string' && content.startsWith('=')
          ? [{ address: onSheet(name, addressOf(used.rowIndex + r, used.columnIndex + c)), formula: content }]
          : [],
      ),
    ),
  );
}
