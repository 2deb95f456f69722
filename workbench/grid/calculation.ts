import type { FUniver } from '@univerjs/presets';
import {
  FormulaExecutedStateType,
  type ISetFormulaCalculationNotificationMutation,
  SetFormulaCalculationNotificationMutation,
  SetFormulaCalculationStartMutation,
  SetTriggerFormulaCalculationStartMutation,
} from '@univerjs/presets/preset-sheets-core';
import type { Place } from './functions';

/** Univer gathers edits for a tenth of a second before it calculates. If it has not begun by then, it will not. */
const GATHERED_BY = 1500;
/** A calculation that has not ended by then is taken for lost, so that nobody waits for ever. */
const LOST_AFTER = 10_000;

/**
 * Watches Univer calculate, and makes it calculate single cells again. Univer gathers changes for a tenth of a second;
 * results of functions do not wait for that, unless it is calculating just then.
 */
export class Calculation {
  private running = false;
  private startedAt = 0;
  /** Until when a calculation is still to be expected after an edit. */
  private expectedBy = Number.NEGATIVE_INFINITY;
  private startedHere = false;
  private readonly dirty = new Map<string, Place>();
  /** What the calculation under way was started for, if it was started here. */
  private inHand: readonly Place[] = [];

  /** @param onEnd Told after each calculation, when its values are in the cells. */
  constructor(
    private readonly univerAPI: FUniver,
    private readonly onEnd: () => void,
  ) {
    univerAPI.onCommandExecuted(({ id, params }) => {
      if (id === SetFormulaCalculationStartMutation.id) this.start();
      else if (id === SetFormulaCalculationNotificationMutation.id) this.heard(params as Notification);
    });
  }

  /** Whether anything is being calculated, or is about to be. */
  get busy(): boolean {
    const lost = performance.now() - this.startedAt > LOST_AFTER;
    return (this.running && !lost) || this.dirty.size > 0 || performance.now() < this.expectedBy;
  }

  /** To be called at every edit: Univer will calculate after it. */
  expect(): void {
    this.expectedBy = performance.now() + GATHERED_BY;
  }

  /** Calculates these cells, and what depends on them, as soon as possible. */
  again(places: readonly Place[]): void {
    for (const place of places) this.dirty.set(`${place.sheet}!${place.row},${place.column}`, place);
    this.flush();
  }

  /** Calculates every formula. */
  everything(): void {
    this.expect();
    this.univerAPI.executeCommand(
      SetTriggerFormulaCalculationStartMutation.id,
      { commands: [], forceCalculation: true },
      { onlyLocal: true },
    );
  }

  private flush(): void {
    if (this.dirty.size === 0 || (this.running && performance.now() - this.startedAt < LOST_AFTER)) return;
    this.inHand = [...this.dirty.values()];
    this.dirty.clear();
    const dirtyRanges = this.inHand.map(({ unit, sheet, row, column }) => ({
      unitId: unit,
      sheetId: sheet,
      range: { startRow: row, endRow: row, startColumn: column, endColumn: column },
    }));
    this.startedHere = true;
    this.univerAPI.executeCommand(
      SetFormulaCalculationStartMutation.id,
      {
        dirtyRanges,
        dirtyNameMap: {},
        dirtyDefinedNameMap: {},
        dirtySuperTableMap: {},
        dirtyUnitFeatureMap: {},
        dirtyUnitOtherFormulaMap: {},
        clearDependencyTreeCache: {},
        forceCalculation: false,
      },
      { onlyLocal: true },
    );
  }

  private start(): void {
    this.running = true;
    this.startedAt = performance.now();
    if (!this.startedHere) this.expectedBy = Number.NEGATIVE_INFINITY;
    this.startedHere = false;
  }

  private heard({ functionsExecutedState: state }: Notification): void {
    if (state === undefined) return;
    const cells = this.inHand;
    this.inHand = [];
    if (state === FormulaExecutedStateType.STOP_EXECUTION) {
      // An edit came in between. Univer starts again at once, but knows nothing of what was asked for here.
      this.again(cells);
      return;
    }
    this.running = false;
    this.onEnd();
    queueMicrotask(() => this.flush());
  }
}

type Notification = ISetFormulaCalculationNotificationMutation;
