import type { IRange, Nullable } from '@univerjs/presets';
import { CELL_INVERTED_INDEX_CACHE } from '@univerjs/presets/preset-sheets-core';
import { contains, holds, isCell, oneCell } from '../areas';
import { withdraw } from './reading';
import type { ByCell, BySheet, CellValue, Config, Model, Runtime, Tree } from './univer';

const SPILL = '#SPILL!';

/** What a formula shows: the cells that it fills, and what is in each. */
interface Result {
  range: IRange;
  /** The range is only what it would fill: there is something in the way. */
  blocked: boolean;
  at(row: number, column: number): Nullable<CellValue>;
}

/** What formulas show in their cells, compared with what a calculation has given, and replaced by it. */
export class Shown {
  private readonly model: Model;

  constructor(
    private readonly config: Config,
    private readonly runtime: Runtime,
    /** The cell into which somebody types: on any sheet Univer takes a result there for a reason to empty the editor. */
    private readonly editedNow: () => { row: number; column: number } | undefined,
  ) {
    this.model = config._formulaDataModel;
  }

  /** The cells that a formula fills now. */
  rangeOf(tree: Tree): IRange {
    const { range, blocked } = this.before(tree);
    return blocked ? oneCell(tree.row, tree.column) : range;
  }

  /** The cells that a formula fills according to the calculation under way. */
  nextRangeOf(tree: Tree): IRange {
    const { range, blocked } = this.after(tree);
    return blocked ? oneCell(tree.row, tree.column) : range;
  }

  /** Whether a formula has found no room for its result. */
  isBlocked(tree: Tree): boolean {
    return this.before(tree).blocked;
  }

  /** The same, according to the calculation under way. */
  willBeBlocked(tree: Tree): boolean {
    return this.after(tree).blocked;
  }

  /** What the calculation under way has given, for comparison. */
  resultOf(tree: Tree): string {
    const { range, blocked, at } = this.after(tree);
    const values: unknown[] = [range, blocked];
    each(blocked ? oneCell(tree.row, tree.column) : range, (row, column) => {
      const { v = null, t = null } = at(row, column) ?? {};
      values.push(v, t);
    });
    return JSON.stringify(values);
  }

  /** Forgets what the calculation under way has given, before the formula is calculated once more. */
  discard(tree: Tree): void {
    const { unitId, subUnitId, row, column } = tree;
    const { range, blocked } = this.after(tree);
    const cells = this.runtime.getRuntimeArrayFormulaCellData()[unitId]?.[subUnitId];
    each(blocked ? oneCell(tree.row, tree.column) : range, (r, c) => cells?.realDeleteValue(r, c));
    delete this.runtime.getUnitArrayFormula()[unitId]?.[subUnitId]?.[row]?.[column];
    this.runtime.getUnitData()[unitId]?.[subUnitId]?.realDeleteValue(row, column);
  }

  /** Formulas read ranges as they were read before, until this is called. */
  forgetRead(): void {
    this.runtime.clearArrayObjectCache();
    CELL_INVERTED_INDEX_CACHE.clear();
  }

  /** Whether the calculation has given something other than what the cells show. */
  differs(tree: Tree): boolean {
    const [before, after] = [this.before(tree), this.after(tree)];
    if (before.blocked !== after.blocked || !sameRange(before.range, after.range)) return true;
    const { startRow, startColumn, endRow, endColumn } = after.blocked
      ? oneCell(tree.row, tree.column)
      : after.range;
    for (let row = startRow; row <= endRow; row++) {
      for (let column = startColumn; column <= endColumn; column++) {
        if (!same(before.at(row, column), after.at(row, column))) return true;
      }
    }
    return false;
  }

  /** Whoever reads cells that this formula filled before and does not any more is to find them empty. */
  withdraw(tree: Tree): void {
    const { unitId, subUnitId, row, column } = tree;
    const before = this.rangeOf(tree);
    if (contains(this.nextRangeOf(tree), before)) return;
    const ranges = this.runtime.getUnitArrayFormula()[unitId]?.[subUnitId];
    if (!ranges) return;
    withdraw(ranges, before);
    ranges[row] ??= {};
    const ofRow = ranges[row] as Record<number, IRange>;
    ofRow[column] ??= oneCell(tree.row, tree.column);
  }

  /**
   * Puts what the calculation has given into cells: into those that formulas fill, and on sheets that are not shown into
   * those of the formulas, too. Univer would draw the sheet that is shown anew for every other one.
   *
   * @returns what remains for Univer to be put into the cells of formulas, or nothing
   */
  replace(trees: readonly Tree[]): object | undefined {
    for (const tree of trees) this.empty(tree);
    for (const tree of trees) this.fill(tree);
    const rest = trees.filter((tree) => !this.replaceUnseen(tree));
    if (rest.length === 0) return undefined;
    const unitData: Record<string, Record<string, Rows>> = {};
    for (const { unitId, subUnitId, row, column } of rest) {
      const given = this.runtime.getUnitData()[unitId]?.[subUnitId]?.getValue(row, column);
      unitData[unitId] ??= {};
      unitData[unitId][subUnitId] ??= new Rows();
      unitData[unitId][subUnitId].setValue(row, column, given ?? {});
    }
    return {
      ...this.runtime.getAllRuntimeData(),
      unitData,
      arrayFormulaRange: {},
      arrayFormulaCellData: {},
      clearArrayFormulaCellData: {},
    };
  }

  /** @returns whether it could be done without Univer */
  private replaceUnseen({ unitId, subUnitId, row, column }: Tree): boolean {
    const given = this.runtime.getUnitData()[unitId]?.[subUnitId]?.getValue(row, column);
    const cells = this.config.getUnitData()[unitId]?.[subUnitId]?.cellData;
    const plain = given && Object.keys(given).every((key) => key === 'v' || key === 't');
    const editor = this.editedNow();
    const edited = editor?.row === row && editor.column === column;
    const seen = subUnitId === this.config.getExecuteSubUnitId() && !edited;
    if (seen || !cells || !plain || !given.t || given.v === null || given.v === undefined) return false;
    const before = cells.getValue(row, column);
    if (before?.p) return false;
    cells.setValue(row, column, { ...before, ...given });
    return true;
  }

  private before(tree: Tree): Result {
    const { unitId, subUnitId, row, column } = tree;
    const own = this.config.getUnitData()[unitId]?.[subUnitId]?.cellData.getValue(row, column);
    const range = of(this.model.getArrayFormulaRange(), tree);
    if (!range) return { range: oneCell(tree.row, tree.column), blocked: false, at: () => own };
    if (own?.v === SPILL) return { range, blocked: true, at: () => own };
    const cells = this.model.getArrayFormulaCellData()[unitId]?.[subUnitId];
    return { range, blocked: false, at: (r, c) => (r === row && c === column ? own : cells?.[r]?.[c]) };
  }

  private after(tree: Tree): Result {
    const { unitId, subUnitId, row, column } = tree;
    const own = this.runtime.getUnitData()[unitId]?.[subUnitId]?.getValue(row, column);
    const range = of(this.runtime.getUnitArrayFormula(), tree);
    if (!range || isCell(range))
      return { range: oneCell(tree.row, tree.column), blocked: false, at: () => own };
    if (own?.v === SPILL) return { range, blocked: true, at: () => own };
    const cells = this.runtime.getRuntimeArrayFormulaCellData()[unitId]?.[subUnitId];
    return { range, blocked: false, at: (r, c) => cells?.getValue(r, c) };
  }

  /** Takes out what a formula fills and will not fill any more. */
  private empty(tree: Tree): void {
    const { unitId, subUnitId, row, column } = tree;
    const rows = this.model.getArrayFormulaCellData()[unitId]?.[subUnitId];
    const before = this.rangeOf(tree);
    const after = this.nextRangeOf(tree);
    for (let r = before.startRow; rows && r <= before.endRow; r++) {
      for (let c = before.startColumn; c <= before.endColumn; c++) {
        if (!holds(after, r, c) || isCell(after)) delete rows[r]?.[c];
      }
    }
    const ranges = this.model.getArrayFormulaRange()[unitId]?.[subUnitId];
    delete ranges?.[row]?.[column];
  }

  private fill(tree: Tree): void {
    const { unitId, subUnitId, row, column } = tree;
    const { range, blocked, at } = this.after(tree);
    if (isCell(range)) return;
    const ranges = within(this.model.getArrayFormulaRange(), unitId, subUnitId);
    ranges[row] ??= {};
    (ranges[row] as Record<number, IRange>)[column] = range;
    const rows = within(this.model.getArrayFormulaCellData(), unitId, subUnitId);
    const { startRow, startColumn, endRow, endColumn } = blocked ? oneCell(tree.row, tree.column) : range;
    for (let r = startRow; r <= endRow; r++) {
      rows[r] ??= {};
      const cells = rows[r] as Record<number, CellValue>;
      for (let c = startColumn; c <= endColumn; c++) {
        const value = at(r, c);
        if (value) cells[c] = value;
        else delete cells[c];
      }
    }
  }
}

/** Cells of a sheet, as far as Univer asks for them. */
class Rows {
  private readonly cells: [row: number, column: number, value: CellValue][] = [];

  setValue(row: number, column: number, value: CellValue): void {
    this.cells.push([row, column, value]);
  }

  forValue(each: (row: number, column: number, value: CellValue) => void): void {
    for (const cell of this.cells) each(...cell);
  }
}

function each(
  { startRow, endRow, startColumn, endColumn }: IRange,
  visit: (row: number, column: number) => void,
): void {
  for (let row = startRow; row <= endRow; row++) {
    for (let column = startColumn; column <= endColumn; column++) visit(row, column);
  }
}

const of = (ranges: BySheet<ByCell<IRange>>, tree: Tree) =>
  ranges[tree.unitId]?.[tree.subUnitId]?.[tree.row]?.[tree.column];

function within<T extends object>(all: BySheet<T>, unit: string, sheet: string): T {
  all[unit] ??= {};
  const sheets = all[unit] as Record<string, T>;
  sheets[sheet] ??= {} as T;
  return sheets[sheet];
}

function same(a: Nullable<CellValue>, b: Nullable<CellValue>): boolean {
  const [x, y] = [a?.v ?? null, b?.v ?? null];
  // Texts with links and the like are not looked into.
  if (a?.p || b?.p) return false;
  return Object.is(x, y) && (x === null || (a?.t ?? null) === (b?.t ?? null));
}

const sameRange = (a: IRange, b: IRange): boolean =>
  a.startRow === b.startRow &&
  a.endRow === b.endRow &&
  a.startColumn === b.startColumn &&
  a.endColumn === b.endColumn;
