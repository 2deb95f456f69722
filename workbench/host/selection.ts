import type { FUniver, Univer } from '@univerjs/presets';
import type { FRange } from '@univerjs/presets/preset-sheets-core';
import type { Selection, Spill } from '../../src/host/host';
import { sentences } from '../../src/host/sentences';
import { addressOf, addressOfArea, onSheet, sizeOf } from '../../src/workbook/address';
import { rangeAt, spillOf, workbookIn } from '../grid/ranges';
import { addressIn, readRange } from '../grid/reading';

/** The active cell. */
export function selectedCell(univerAPI: FUniver): FRange {
  const cell = workbookIn(univerAPI).getActiveCell();
  if (!cell) throw new Error(sentences.noSelection);
  // A merged cell is a range; what it holds is in its first cell.
  return workbookIn(univerAPI).getActiveSheet().getRange(cell.getRow(), cell.getColumn());
}

/** See `SheetHost.selection`. */
export function readSelection(univer: Univer, univerAPI: FUniver): Selection {
  const cell = selectedCell(univerAPI);
  const [[reading] = []] = readRange(univer, cell, () => undefined);
  const address = addressIn(cell);
  const selected = workbookIn(univerAPI).getActiveRange();
  const spill = readSpill(univer, univerAPI, cell);
  return {
    address,
    range: selected ? addressIn(selected) : address,
    value: reading?.value ?? null,
    text: reading?.text ?? '',
    ...(reading?.formula && { formula: reading.formula }),
    ...(spill && { spill }),
  };
}

function readSpill(univer: Univer, univerAPI: FUniver, cell: FRange): Spill | undefined {
  const found = spillOf(univer, cell);
  if (!found) return undefined;
  const { area, row, column } = found;
  const anchor = onSheet(cell.getSheetName(), addressOf(row, column));
  return {
    anchor,
    formula: rangeAt(univer, univerAPI, anchor).getFormula(),
    address: onSheet(cell.getSheetName(), addressOfArea(area)),
    ...sizeOf(area),
    row: cell.getRow() - area.top,
    column: cell.getColumn() - area.left,
  };
}
