import { CommandType, type FUniver } from '@univerjs/presets';
import { SetTriggerFormulaCalculationStartMutation } from '@univerjs/presets/preset-sheets-core';
import { oneCell } from './areas';
import type { Place } from './functions';
import type { Recalculation } from './recalculation/recalculation';

/** Univer gathers edits for a tenth of a second before it calculates. If it has not begun by then, it will not. */
const GATHERED_BY = 1500;
const NEVER = Number.NEGATIVE_INFINITY;

/** Knows whether anything is being calculated, or about to be, and makes single cells be calculated again. */
export class Calculation {
  /** Until when a calculation is still to be expected after an edit. */
  private expectedBy = NEVER;
  private univerAPI: FUniver | undefined;

  constructor(private readonly recalculation: Recalculation) {}

  /** Watches what is done to cells. */
  watch(univerAPI: FUniver): void {
    this.univerAPI = univerAPI;
    univerAPI.onCommandExecuted(({ id, type }, options) => {
      if (type !== CommandType.MUTATION || id.startsWith('formula.')) return;
      if (!(options as Options | undefined)?.applyFormulaCalculationResult) this.recalculation.edited();
    });
  }

  /** Whether anything is being calculated, or is about to be. */
  get busy(): boolean {
    return this.recalculation.busy || performance.now() < this.expectedBy;
  }

  /** To be called at every edit: Univer will calculate after it. */
  expect(): void {
    this.expectedBy = performance.now() + GATHERED_BY;
  }

  /** To be called when Univer calculates. */
  asked(): void {
    this.expectedBy = NEVER;
  }

  /** Calculates these cells, and what depends on them, as soon as possible. */
  again(places: readonly Place[]): void {
    this.recalculation.again(places.map(cellRange));
  }

  /** Calculates formulas that were put into cells past Univer's commands, and what depends on them. */
  put(places: readonly Place[]): void {
    this.recalculation.edited();
    this.again(places);
  }

  /** Calculates every formula. */
  everything(): void {
    this.expect();
    this.univerAPI?.executeCommand(
      SetTriggerFormulaCalculationStartMutation.id,
      { commands: [], forceCalculation: true },
      { onlyLocal: true },
    );
  }
}

/** A cell as Univer says it. */
export const cellRange = ({ unit, sheet, row, column }: Place) => ({
  unitId: unit,
  sheetId: sheet,
  range: oneCell(row, column),
});

/** With this Univer puts results into cells. */
interface Options {
  applyFormulaCalculationResult?: boolean;
}
