import { ICommandService, type Univer } from '@univerjs/presets';
import { FormulaDataModel, SetFormulaCalculationStartMutation } from '@univerjs/presets/preset-sheets-core';

/**
 * Calculates the formulas of a workbook that has just been opened, which have no values yet. Univer itself would do so some time after
 * it has drawn, and the add-in's functions would be called that much later; so it is told to leave it.
 */
export function calculateFirst(univer: Univer): void {
  const injector = univer.__getInjector();
  const dirtyRanges = injector.get(FormulaDataModel).getFormulaDirtyRanges();
  injector
    .get(ICommandService)
    .syncExecuteCommand(SetFormulaCalculationStartMutation.id, { dirtyRanges }, { onlyLocal: true });
}
