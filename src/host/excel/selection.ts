import { area, partsOf, sizeOf } from '../../workbook/address';
import type { Selection, Spill } from '../host';

/** See `SheetHost.selection`. */
export async function readSelection(context: Excel.RequestContext): Promise<Selection> {
  const cell = context.workbook.getActiveCell();
  cell.load(['address', 'values', 'valueTypes', 'text', 'formulas']);
  const selected = context.workbook.getSelectedRanges();
  selected.load(['address', 'areaCount']);
  const parent = cell.getSpillParentOrNullObject();
  await context.sync();

  const { address } = cell;
  const formula: unknown = cell.formulas[0]?.[0];
  const own = typeof formula === 'string' && formula.startsWith('=') ? formula : undefined;
  const spill = await readSpill(context, parent.isNullObject ? cell : parent, address);
  return {
    address,
    // Of several pieces the one with the active cell counts, and of that the cell.
    range: selected.areaCount === 1 ? selected.address : address,
    value: cell.valueTypes[0]?.[0] === 'Empty' ? null : cell.values[0]?.[0],
    text: cell.text[0]?.[0] ?? '',
    // Excel may give the anchor's formula, or none, for the cells that it fills: it is theirs only if they are the anchor.
    ...(own && (!spill || spill.anchor === address) && { formula: own }),
    ...(spill && { spill }),
  };
}

/** What a formula fills, if it is more than its own cell. @param selected the address of a cell within it */
async function readSpill(
  context: Excel.RequestContext,
  anchor: Excel.Range,
  selected: string,
): Promise<Spill | undefined> {
  anchor.load(['address', 'formulas']);
  const filled = anchor.getSpillingToRangeOrNullObject();
  filled.load('address');
  await context.sync();
  if (filled.isNullObject) return undefined;
  const around = area(partsOf(filled.address).cells);
  const place = area(partsOf(selected).cells);
  const size = sizeOf(around);
  if (size.rows * size.columns === 1) return undefined;
  return {
    anchor: anchor.address,
    formula: String(anchor.formulas[0]?.[0]),
    address: filled.address,
    ...size,
    row: place.top - around.top,
    column: place.left - around.left,
  };
}
