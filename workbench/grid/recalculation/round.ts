import type { IRange } from '@univerjs/presets';
import { contains, meet } from '../areas';
import type { Formulas } from './formulas';
import { inOrder } from './order';
import type { Shown } from './shown';
import { onSheetOf, type Tree, type UnitRange } from './univer';

/** So often formulas are calculated again that have found room, or refer to other cells than before. */
const MOST_PASSES = 20;

/**
 * One calculation: formulas in order, of those that follow from others only the ones for which cells have really changed.
 */
export class Round {
  /** Formulas that have given something other than their cells show. */
  readonly changed = new Set<Tree>();
  private readonly calculated = new Set<Tree>();

  /** Formulas that were left for later, because something that they follow from still waits for its new value. */
  readonly owed = new Set<Tree>();

  /**
   * @param evaluate calculates a formula and leaves its result where `shown` finds it; or leaves the formula as it is, when it
   *   refers to cells that wait, and says so
   * @param waiting those whose cells show an old value until the new one is there
   */
  constructor(
    private readonly formulas: Formulas,
    private readonly shown: Shown,
    private readonly evaluate: (tree: Tree, waits?: (range: UnitRange) => boolean) => boolean,
    private readonly waiting: { all(): Iterable<Tree>; has(tree: Tree): boolean },
  ) {}

  /**
   * Calculates these formulas and what follows from them.
   *
   * @returns nothing, after each formula: there it may be left off
   */
  *of(first: Iterable<Tree>): Generator<void> {
    let due = new Set(first);
    for (let pass = 0; due.size > 0 && pass < MOST_PASSES; pass++) due = yield* this.pass(due);
  }

  /** @returns the formulas that have had their turn too early */
  private *pass(due: Set<Tree>): Generator<void, Set<Tree>> {
    this.shown.forgetRead();
    const followers = this.followers();
    const order = inOrder([...due, ...this.waiting.all()], followers);
    const place = new Map(order.map((tree, index) => [tree, index]));
    const next = new Set<Tree>();
    // With old values beside new ones formulas would make something up, and functions be called for nothing. Whether a
    // formula really looks at a cell that waits, or has it in a branch that it does not take, only it can say.
    const waiting: UnitRange[] = [];
    const mayWait = new Set<Tree>();
    const hold = (tree: Tree) => {
      waiting.push(...this.reach(tree));
      for (const each of followers(tree)) mayWait.add(each);
    };
    const waits = (range: UnitRange) => waiting.some((other) => overlap(other, range));
    let [anyMoved, anyLess] = [false, false];
    for (const [index, tree] of order.entries()) {
      if (!due.has(tree)) {
        if (mayWait.has(tree) || this.waiting.has(tree)) hold(tree);
        continue;
      }
      const before = followers(tree);
      const calculated = this.calculate(tree, mayWait.has(tree) ? waits : undefined);
      if (!calculated) {
        this.owed.add(tree);
        hold(tree);
        continue;
      }
      const { moved, less } = calculated;
      this.owed.delete(tree);
      if (this.waiting.has(tree)) hold(tree);
      yield;
      if (!moved) continue;
      anyMoved = true;
      anyLess ||= less;
      for (const follower of this.formulas.referringTo(this.reach(tree))) {
        if ((place.get(follower) ?? -1) > index) due.add(follower);
        // One that was known to follow and still came first is part of a circle.
        else if (follower !== tree && !before.has(follower)) next.add(follower);
      }
    }
    if (anyMoved) for (const tree of this.formulas.dynamic) next.add(tree);
    if (anyLess) for (const tree of this.formulas.all()) if (this.isBlocked(tree)) next.add(tree);
    return next;
  }

  /**
   * @param waits which cells wait for something, if the formula may refer to any
   * @returns whether others find other values now, and whether the formula fills fewer cells; nothing when it waits
   */
  private calculate(
    tree: Tree,
    waits: ((range: UnitRange) => boolean) | undefined,
  ): { moved: boolean; less: boolean } | undefined {
    const again = this.calculated.has(tree);
    if (again && waits) return undefined;
    const before = again ? this.shown.resultOf(tree) : undefined;
    const range = again ? this.shown.nextRangeOf(tree) : this.shown.rangeOf(tree);
    if (again) this.shown.discard(tree);
    if (!this.evaluate(tree, waits)) return undefined;
    this.shown.withdraw(tree);
    this.calculated.add(tree);
    const differs = this.shown.differs(tree);
    if (differs) this.changed.add(tree);
    else this.changed.delete(tree);
    return {
      moved: again ? before !== this.shown.resultOf(tree) : differs,
      less: !contains(this.shown.nextRangeOf(tree), range),
    };
  }

  private followers(): (tree: Tree) => Set<Tree> {
    const known = new Map<Tree, Set<Tree>>();
    return (tree) => {
      const found = known.get(tree) ?? new Set(this.formulas.referringTo(this.reach(tree)));
      known.set(tree, found);
      return found;
    };
  }

  /** The cells in which others may find another value when this formula has been calculated. */
  private reach(tree: Tree) {
    const ranges: IRange[] = [this.shown.rangeOf(tree)];
    if (this.calculated.has(tree)) ranges.push(this.shown.nextRangeOf(tree));
    return ranges.map((range) => onSheetOf(tree, range));
  }

  private isBlocked(tree: Tree): boolean {
    return this.calculated.has(tree) ? this.shown.willBeBlocked(tree) : this.shown.isBlocked(tree);
  }
}

const overlap = (one: UnitRange, other: UnitRange): boolean =>
  one.unitId === other.unitId && one.sheetId === other.sheetId && meet(one.range, other.range);
