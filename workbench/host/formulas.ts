import type { FUniver } from '@univerjs/presets';
import type { FormulaCell } from '../../src/host/host';
import { addressOf, onSheet } from '../../src/workbook/address';
import { workbookIn } from '../grid/ranges';

/** See `SheetHost.formulas`. */
export function allFormulas(univerAPI: FUniver): FormulaCell[] {
  return workbookIn(univerAPI)
    .getSheets()
    .flatMap((sheet) => {
      const found: FormulaCell[] = [];
      sheet
        .getSheet()
        .getCellMatrix()
        .forValue((row, column, cell) => {
          // Of a formula that was filled down, the other cells have only its number: the facade puts the text together.
          const formula = cell?.f || cell?.si ? sheet.getRange(row, column).getFormula() : '';
          if (formula)
            found.push({ address: onSheet(sheet.getSheetName(), addressOf(row, column)), formula });
        });
      return found;
    });
}
