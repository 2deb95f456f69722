import {
  CalculateFormulaService,
  CELL_INVERTED_INDEX_CACHE,
  ErrorType,
  ErrorValueObject,
} from '@univerjs/presets/preset-sheets-core';
import { oneCell } from '../areas';
import { cellsAlone, clean, dirtyCells, merged } from './dirty';
import { Formulas } from './formulas';
import { whileReferring } from './referring';
import { keep } from './results';
import { Round } from './round';
import { Shown } from './shown';
import { type Dirty, onSheetOf, type Service, STAGE, type Tree, type UnitRange, type Value } from './univer';

/** So long the page may be kept busy before it is let go on with other things, in milliseconds. */
const AT_ONCE = 120;
/** What Univer is told of a calculation that has ended. */
const ENDED = { leftOff: 1, nothingChanged: 2, done: 3 } as const;

/** Who is told how calculations go. */
export interface Listener {
  /** Univer has asked for a calculation, after an edit. */
  onAsked(): void;
  /** A calculation begins. */
  onBegin(): void;
  /** The formula of a cell is calculated next, all of it. */
  onFormula(unit: string, sheet: string, row: number, column: number): void;
  /** It refers to a cell that waits, and is left as it is for now. */
  onLeft(unit: string, sheet: string, row: number, column: number): void;
  /** The results are in the cells. */
  onEnd(): void;
  /** The cells whose formulas show an old value until the new one is there. */
  waiting(): readonly UnitRange[];
  waits(sheet: string, row: number, column: number): boolean;
  /** The cell into which somebody types. */
  edited(): { row: number; column: number } | undefined;
}

/**
 * Calculates in place of Univer's own service: one calculation after the other, and what is asked for meanwhile after
 * that. Univer would begin one while another is under way; then the second takes over the changes and results of the
 * first, and cells keep old values for ever.
 *
 * Of what follows from a change only those formulas are calculated whose cells hold something else than before, each
 * once, and only what has changed is written. Univer would calculate all of it twice, and all of it in each round.
 */
export class Recalculation {
  private service: Service | undefined;
  private formulas: Formulas | undefined;
  /** What `formulas` was read from, and after how many edits. */
  private source = '';
  private readAt = -1;
  private edits = 0;
  /** The cells that each formula of more than one cell fills. */
  private readonly filled = new Map<string, { formula: string; range: UnitRange }>();
  /** Formulas that are to be calculated as soon as nothing that they follow from waits any more. */
  private owed: readonly UnitRange[] = [];
  private waiting: Dirty | undefined;
  /** Whether Univer waits for the end of what it has asked for. */
  private asked = false;
  private running = false;
  /** Whether results are being made, or put into cells. */
  private calculating = false;

  constructor(private readonly listener: Listener) {
    const add = (service: Service, dirty: Partial<Dirty>) => {
      this.service = service;
      this.edited();
      this.listener.onAsked();
      this.asked = true;
      this.add(dirty);
    };
    const univer = CalculateFormulaService.prototype as unknown as Replaced;
    univer.execute = async function ({ forceCalculate = false, ...dirty }) {
      add(this, { ...dirty, forceCalculation: forceCalculate });
    };
    univer.stopFormulaExecution = () => undefined;
  }

  /** Whether something is being calculated, or will be without delay. */
  get busy(): boolean {
    return this.calculating || this.waiting !== undefined;
  }

  /** To be called when something other than a result may have been put into cells. */
  edited(): void {
    this.edits++;
  }

  /** Calculates the formulas in these cells, and what follows from them, as soon as possible. */
  again(cells: readonly UnitRange[]): void {
    this.add(dirtyCells(cells));
  }

  private add(dirty: Partial<Dirty>): void {
    this.waiting = merged(this.waiting ?? clean(), dirty);
    if (!this.running && this.service) void this.calculateWaiting(this.service);
  }

  private async calculateWaiting(service: Service): Promise<void> {
    this.running = true;
    try {
      // What arrives together is calculated together.
      await nextTask();
      while (this.waiting) {
        const dirty = this.waiting;
        this.waiting = undefined;
        this.calculating = true;
        const ended = await this.calculate(service, dirty).catch((error: unknown) => {
          // Done again it would fail again; what is asked for next is calculated all the same.
          console.error(error);
          return true;
        });
        if (!ended) this.waiting = merged(dirty, this.waiting ?? clean());
        // By then Univer has put the results into the cells.
        await nextTask();
        this.calculating = false;
        if (ended) this.listener.onEnd();
        if (this.owed.length > 0 && this.listener.waiting().length === 0) this.waiting ??= clean();
      }
    } finally {
      this.calculating = false;
      this.running = false;
    }
  }

  /** @returns whether it came to its end: an edit in between makes it void */
  private async calculate(service: Service, asked: Dirty): Promise<boolean> {
    const runtime = service._runtimeService;
    const told = this.asked;
    this.asked = false;
    if (told) tellBegin(service);
    runtime.reset();
    this.listener.onBegin();
    const [formulas, dirty] = this.read(service, asked);
    const shown = new Shown(service._currentConfigService, runtime, () => this.listener.edited());
    const round = new Round(formulas, shown, (tree, waits) => this.evaluate(service, tree, waits), {
      all: () => this.listener.waiting().flatMap((cell) => formulas.within(cell)),
      has: ({ subUnitId, row, column }) => this.listener.waits(subUnitId, row, column),
    });
    const edits = this.edits;
    let began = performance.now();
    for (const _ of round.of(this.first(service, formulas, shown, dirty))) {
      if (performance.now() - began < AT_ONCE) continue;
      await nextTask();
      began = performance.now();
      if (this.edits === edits) continue;
      runtime.reset();
      this.asked ||= told;
      if (told) tellEnd(service, ENDED.leftOff);
      return false;
    }
    this.owed = [...round.owed].map((tree) => onSheetOf(tree, oneCell(tree.row, tree.column)));
    this.end(service, shown, [...round.changed], told);
    return true;
  }

  /** Reads formulas, if there may be others than before. @returns them, and what has changed with them */
  private read(service: Service, asked: Dirty): [Formulas, Dirty] {
    const { _currentConfigService: config, _formulaDependencyGenerator: generator } = service;
    const model = config._formulaDataModel;
    const alone = cellsAlone(asked);
    const maybeOthers = !alone || this.edits !== this.readAt;
    const formulaData = maybeOthers ? model.getFormulaData() : config.getFormulaData();
    const { forceCalculation: forceCalculate, ...dirty } = asked;
    const arrayFormulaRange = model.getArrayFormulaRange();
    const arrayFormulaCellData = model.getArrayFormulaCellData();
    config.load({ ...dirty, formulaData, arrayFormulaRange, arrayFormulaCellData, forceCalculate });
    const known = this.formulas;
    if (known && !maybeOthers) return [known, asked];
    this.readAt = this.edits;
    const sizes = Object.entries(config.getUnitData()).map(([unit, sheets]) => [
      unit,
      Object.entries(sheets ?? {}).map(([sheet, data]) => [sheet, data?.rowCount, data?.columnCount]),
    ]);
    const source = JSON.stringify([formulaData, config.getSheetNameMap(), sizes]);
    if (known && alone && source === this.source) return [known, asked];
    this.source = source;
    const reader = { generator, interpreter: service._interpreter, runtime: service._runtimeService };
    const formulas = new Formulas(reader, formulaData, config.getUnitData());
    this.formulas = formulas;
    return [formulas, merged(asked, { dirtyRanges: this.gone(formulas) })];
  }

  /** Cells that were filled by formulas that are not there any more. */
  private gone(formulas: Formulas): UnitRange[] {
    const ranges: UnitRange[] = [];
    for (const [key, { formula, range }] of this.filled) {
      const { startRow, startColumn } = range.range;
      const now = formulas.at(range.unitId, range.sheetId, startRow, startColumn);
      if (now && now.formula === formula) continue;
      ranges.push(range);
      this.filled.delete(key);
    }
    return ranges;
  }

  /** The formulas that are calculated whatever the others give. */
  private first(service: Service, formulas: Formulas, shown: Shown, dirty: Dirty): Set<Tree> {
    if (dirty.forceCalculation) return new Set(formulas.all());
    const first = new Set([...formulas.volatile, ...formulas.dynamic]);
    for (const cell of this.owed) for (const tree of formulas.within(cell)) first.add(tree);
    for (const range of dirty.dirtyRanges) for (const tree of formulas.within(range)) first.add(tree);
    for (const tree of formulas.referringTo(dirty.dirtyRanges)) first.add(tree);
    const generator = service._formulaDependencyGenerator;
    generator._updateRangeFlatten();
    const alone = cellsAlone(dirty);
    for (const tree of formulas.all()) {
      // What was in the way may be gone.
      if (shown.isBlocked(tree)) first.add(tree);
      else if (alone || first.has(tree)) continue;
      else if (generator._includeTree(tree, generator._getTreeNode(tree))) first.add(tree);
      else if (tree.dependencySheetName(dirty.dirtyNameMap)) first.add(tree);
    }
    return first;
  }

  /** @returns whether it was calculated: not if it refers to cells that wait */
  private evaluate(service: Service, tree: Tree, waits?: (range: UnitRange) => boolean): boolean {
    const { _runtimeService: runtime, _interpreter: interpreter } = service;
    const { unitId, subUnitId, row, column, rowCount, columnCount, refOffsetX, refOffsetY } = tree;
    const node = service._formulaDependencyGenerator._getTreeNode(tree);
    runtime.setCurrent(row, column, rowCount, columnCount, subUnitId, unitId);
    this.listener.onFormula(unitId, subUnitId, row, column);
    const look = waits && stopAt(waits);
    try {
      keep(
        runtime,
        tree,
        whileReferring(look, () => interpreter.execute({ node, refOffsetX, refOffsetY })),
      );
    } catch (error) {
      if (error === WAITS) {
        this.listener.onLeft(unitId, subUnitId, row, column);
        return false;
      }
      // One formula on which Univer fails must not keep the others from being calculated.
      console.error(error);
      runtime.setRuntimeData(ErrorValueObject.create(ErrorType.VALUE) as unknown as Value);
    } finally {
      node.resetCalculationState();
    }
    return true;
  }

  /** @param told whether Univer knows of the calculation */
  private end(service: Service, shown: Shown, changed: readonly Tree[], told: boolean): void {
    for (const tree of changed) {
      const { unitId, subUnitId: sheetId, formula } = tree;
      const range = shown.nextRangeOf(tree);
      this.filled.set(`${unitId}|${sheetId}|${range.startRow},${range.startColumn}`, {
        formula,
        range: { unitId, sheetId, range },
      });
    }
    const results = shown.replace(changed);
    // Whatever Univer is told, it draws all cells anew.
    if (results && !told) tellBegin(service);
    if (results || told) tellEnd(service, results ? ENDED.done : ENDED.nothingChanged, results);
    service._runtimeService.reset();
    CELL_INVERTED_INDEX_CACHE.clear();
  }
}

/** Thrown out of a formula that refers to a cell that waits, before it calls a function with an old value. */
const WAITS = new Error('A cell that the formula refers to waits for its value.');

const stopAt = (waits: (range: UnitRange) => boolean) => (range: UnitRange) => {
  if (waits(range)) throw WAITS;
};

function tellBegin({ _runtimeService: runtime, _executionInProgressListener$: listeners }: Service): void {
  runtime.setFormulaExecuteStage(STAGE.start);
  listeners.next(runtime.getRuntimeState());
}

function tellEnd(service: Service, functionsExecutedState: number, results: object = {}): void {
  service._executionCompleteListener$.next({
    dependencyTreeModelData: [],
    ...results,
    functionsExecutedState,
  });
}

/** What is replaced of Univer's service. */
interface Replaced {
  execute(this: Service, dataset: Partial<Dirty> & { forceCalculate?: boolean }): Promise<void>;
  stopFormulaExecution(): void;
}

/** Lets everything else that waits have its turn. Timers would wait for longer, and in hidden tabs for a second. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
