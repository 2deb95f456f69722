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
/** A calculation that has not been heard of for so long is taken for lost, so that nobody waits for ever. */
const LOST_AFTER = 10_000;
/** By then Univer has started again what it has stopped. */
const RESTARTS_WITHIN = 300;
const RETRY = 50;
const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Watches Univer calculate, and makes it calculate single cells again. Univer gathers changes for a tenth of a second;
 * results of functions do not wait for that, unless it is calculating just then.
 */
export class Calculation {
  /** The latest moment at which the calculation under way will have ended. */
  private runningUntil = NEVER;
  /** Until when a calculation is still to be expected after an edit. */
  private expectedBy = NEVER;
  private startedHere = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
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
    const now = performance.now();
    return now < this.runningUntil || this.dirty.size > 0 || now < this.expectedBy;
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
    clearTimeout(this.retry);
    if (this.dirty.size === 0) return;
    if (performance.now() < this.runningUntil) {
      this.retry = setTimeout(() => this.flush(), RETRY);
      return;
    }
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
    this.runningUntil = performance.now() + LOST_AFTER;
    if (!this.startedHere) this.expectedBy = NEVER;
    this.startedHere = false;
  }

  private heard({ functionsExecutedState: state }: Notification): void {
    if (state === undefined) {
      // A sign of life: a large sheet takes longer than anybody would wait in silence.
      if (performance.now() < this.runningUntil) this.runningUntil = performance.now() + LOST_AFTER;
      return;
    }
    const cells = this.inHand;
    this.inHand = [];
    if (state === FormulaExecutedStateType.STOP_EXECUTION) {
      // An edit came in between. Univer starts again, but knows nothing of what was asked for here.
      this.runningUntil = Math.min(this.runningUntil, performance.now() + RESTARTS_WITHIN);
      this.again(cells);
      return;
    }
    this.runningUntil = NEVER;
    this.onEnd();
    queueMicrotask(() => this.flush());
  }
}

type Notification = ISetFormulaCalculationNotificationMutation;
