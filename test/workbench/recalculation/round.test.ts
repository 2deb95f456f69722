import { expect, it } from 'vitest';
import type { Formulas } from '../../../workbench/grid/recalculation/formulas';
import { Round } from '../../../workbench/grid/recalculation/round';
import type { Shown } from '../../../workbench/grid/recalculation/shown';
import type { Tree, UnitRange } from '../../../workbench/grid/recalculation/univer';

/** A formula of the sheet below: from the rows that it refers to it makes values, which fill rows from its own on. */
interface Described {
  row: number;
  refers: readonly number[];
  gives: (read: (row: number) => unknown) => readonly unknown[];
  dynamic?: boolean;
}

/** A sheet of one column, with as much of Univer as a round asks for. */
class Sheet {
  readonly cells = new Map<number, unknown>();
  readonly calculated: number[] = [];
  readonly waiting = new Set<number>();
  private results = new Map<number, readonly unknown[]>();
  private readonly filled = new Map<number, number>();
  private readonly trees: Tree[];

  constructor(private readonly formulas: readonly Described[]) {
    this.trees = formulas.map(({ row }) => ({ row, column: 0, unitId: 'book', subUnitId: 'sheet' }) as Tree);
  }

  /** Calculates what follows from these rows, and the formulas in them. @returns the rows of those that were calculated */
  change(...rows: readonly number[]): number[] {
    this.calculated.length = 0;
    this.results = new Map();
    const round = new Round(this.lookedUp(), this.shown(), (tree, waits) => this.evaluate(tree, waits), {
      all: () => this.trees.filter(({ row }) => this.waiting.has(row)),
      has: ({ row }) => this.waiting.has(row),
    });
    const first = this.trees.filter((tree) => rows.includes(tree.row) || this.refers(tree, rows));
    for (const _ of round.of([...first, ...this.owed]));
    this.owed = [...round.owed];
    for (const { row } of round.changed) {
      for (let r = row; r < row + (this.filled.get(row) ?? 1); r++) this.cells.delete(r);
      this.filled.set(row, this.results.get(row)?.length ?? 1);
    }
    for (const { row } of round.changed)
      for (const [at, value] of (this.results.get(row) ?? []).entries()) this.cells.set(row + at, value);
    return [...this.calculated];
  }

  private owed: Tree[] = [];

  private evaluate({ row, unitId, subUnitId }: Tree, waits?: (range: UnitRange) => boolean): boolean {
    const { gives } = this.formulas.find((each) => each.row === row) as Described;
    let left = false;
    const values = gives((at) => {
      const range = { startRow: at, endRow: at, startColumn: 0, endColumn: 0 };
      left ||= waits?.({ unitId, sheetId: subUnitId, range }) ?? false;
      for (const [from, values] of this.results)
        if (at >= from && at < from + values.length) return values[at - from];
      return this.cells.get(at);
    });
    if (left) return false;
    this.calculated.push(row);
    this.results.set(row, values);
    return true;
  }

  private refers(tree: Tree, rows: readonly number[]): boolean {
    return this.formulas.some(
      ({ row, refers }) => row === tree.row && refers.some((each) => rows.includes(each)),
    );
  }

  private lookedUp(): Formulas {
    const within = ({ range }: UnitRange) => {
      const rows: number[] = [];
      for (let row = range.startRow; row <= range.endRow; row++) rows.push(row);
      return rows;
    };
    return {
      dynamic: this.trees.filter(({ row }) => this.formulas.some((each) => each.row === row && each.dynamic)),
      all: () => this.trees,
      referringTo: (ranges: readonly UnitRange[]) =>
        this.trees.filter((tree) => this.refers(tree, ranges.flatMap(within))),
    } as unknown as Formulas;
  }

  private shown(): Shown {
    const rows = (row: number, count: number) => ({
      startRow: row,
      endRow: row + count - 1,
      startColumn: 0,
      endColumn: 0,
    });
    const before = (row: number) =>
      Array.from({ length: this.filled.get(row) ?? 1 }, (_, at) => this.cells.get(row + at));
    const after = (row: number) => this.results.get(row) ?? [];
    return {
      forgetRead: () => undefined,
      withdraw: () => undefined,
      discard: ({ row }: Tree) => this.results.delete(row),
      rangeOf: ({ row }: Tree) => rows(row, this.filled.get(row) ?? 1),
      nextRangeOf: ({ row }: Tree) => rows(row, after(row).length),
      resultOf: ({ row }: Tree) => JSON.stringify(after(row)),
      differs: ({ row }: Tree) => JSON.stringify(before(row)) !== JSON.stringify(after(row)),
      isBlocked: () => false,
      willBeBlocked: () => false,
    } as unknown as Shown;
  }
}

const sum = (...rows: readonly number[]): Described['gives'] => {
  return (read) => [rows.reduce((total, row) => total + Number(read(row) ?? 0), 0)];
};
const follows = (row: number, ...refers: readonly number[]): Described => ({
  row,
  refers,
  gives: sum(...refers),
});

it('calculates what follows from a change, each formula once and after those that it refers to', () => {
  const sheet = new Sheet([follows(4, 3, 2), follows(3, 1, 2), follows(2, 1), follows(9, 8)]);
  sheet.cells.set(1, 5);
  expect(sheet.change(1)).toEqual([2, 3, 4]);
  expect([2, 3, 4].map((row) => sheet.cells.get(row))).toEqual([5, 10, 15]);
});

it('calculates nothing behind a formula that gives what it gave before', () => {
  const sheet = new Sheet([{ row: 2, refers: [1], gives: (read) => [Number(read(1)) > 0] }, follows(3, 2)]);
  sheet.cells.set(1, 5);
  sheet.change(1);
  sheet.cells.set(1, 7);
  expect(sheet.change(1)).toEqual([2]);
});

it('tells formulas about cells that are filled now, and about those that are not any more', () => {
  const filling: Described = { row: 10, refers: [1], gives: (read) => Array(Number(read(1))).fill(1) };
  // It refers to nothing but the third cell that is filled, and stands before it in no order.
  const sheet = new Sheet([follows(5, 12), filling, follows(6, 5)]);
  sheet.cells.set(1, 3);
  sheet.change(1);
  expect([5, 6].map((row) => sheet.cells.get(row))).toEqual([1, 1]);
  sheet.cells.set(1, 1);
  sheet.change(1);
  expect([...sheet.cells.keys()].filter((row) => row > 10)).toEqual([]);
  expect(sheet.calculated).toContain(5);
});

it('leaves what follows from a waiting cell until that has its new value, whatever else changes', () => {
  const sheet = new Sheet([follows(2, 1), follows(3, 2, 8), follows(4, 3)]);
  sheet.cells.set(1, 5).set(8, 1);
  sheet.change(1, 8);
  sheet.waiting.add(2);
  sheet.cells.set(8, 2);
  expect(sheet.change(8)).toEqual([]);
  expect(sheet.cells.get(4)).toBe(6);
  sheet.waiting.delete(2);
  expect(sheet.change(2)).toEqual([2, 3, 4]);
  expect(sheet.cells.get(4)).toBe(7);
});

it('does not wait for what it has in a branch that it does not take', () => {
  const either: Described = { row: 5, refers: [1, 2, 8], gives: (read) => [read(1) ? read(8) : read(2)] };
  const sheet = new Sheet([follows(2, 8), either, follows(6, 5)]);
  sheet.waiting.add(2);
  sheet.cells.set(1, 1).set(8, 4);
  expect(sheet.change(1)).toEqual([5, 6]);
  expect(sheet.cells.get(6)).toBe(4);
  sheet.cells.set(1, 0);
  expect(sheet.change(1)).toEqual([]);
  expect(sheet.cells.get(6)).toBe(4);
  sheet.cells.set(2, 9);
  sheet.waiting.delete(2);
  expect(sheet.change()).toEqual([5, 6]);
  expect(sheet.cells.get(6)).toBe(9);
});

it('calculates what was left although the waiting cell stays as it was', () => {
  const sheet = new Sheet([follows(2, 1), follows(3, 2, 8)]);
  sheet.waiting.add(2);
  sheet.cells.set(8, 2);
  sheet.change(8);
  expect(sheet.cells.get(3)).toBeUndefined();
  sheet.waiting.delete(2);
  sheet.change();
  expect(sheet.cells.get(3)).toBe(2);
});

it('calculates formulas anew whose references nobody knows before, when anything has changed', () => {
  const offset: Described = { row: 2, refers: [1], gives: (read) => [read(Number(read(1)))], dynamic: true };
  const sheet = new Sheet([offset, follows(7, 6), follows(3, 2)]);
  sheet.cells.set(1, 7).set(6, 4);
  sheet.change(1, 6);
  expect([7, 2, 3].map((row) => sheet.cells.get(row))).toEqual([4, 4, 4]);
});

it('goes once through a circle', () => {
  const sheet = new Sheet([
    { row: 2, refers: [3], gives: (read) => [Number(read(3) ?? 0) + 1] },
    { row: 3, refers: [2], gives: (read) => [Number(read(2) ?? 0) + 1] },
  ]);
  expect(sheet.change(2)).toHaveLength(2);
});
