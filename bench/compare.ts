import { ratioOf, type Turns, timesOf } from './measure';
import type { Bound, Comparison, Proof } from './outcome';
import { isProducts, NATIVE, OURS, PRODUCTS, PRODUCTS_AND_BETWEEN } from './who';

interface Demand {
  /** What the ratio to llama.cpp as a program must not be above, at float32. */
  readonly atMost?: number;
  /** What the ratio to those in the browser must not be above; missing where they are only reported. */
  readonly below?: number;
  readonly bound?: Bound;
}

/** What each of several took, round by round: ours beside each of the others. */
export function comparisons(
  what: string,
  { taken, failed }: Turns<string>,
  { atMost, below, bound }: Demand = {},
): Comparison[] {
  const own = taken[OURS] as readonly number[];
  return Object.keys(taken)
    .filter((name) => name !== OURS && !isProducts(name))
    .map((name) => {
      const theirs = taken[name] as readonly number[];
      const limit = limitFor(name, atMost, below);
      const common = {
        what,
        unit: 'ms' as const,
        ours: timesOf(own),
        against: name,
        ...(bound ? { bound } : {}),
        ...(limit === undefined ? {} : { atMost: limit }),
      };
      const measured =
        theirs.length === 0
          ? {}
          : { theirs: timesOf(theirs), ratio: ratioOf(own.slice(0, theirs.length), theirs) };
      const message = failed[name];
      if (message !== undefined) return { ...common, ...measured, failed: message };
      const ratio = ratioOf(own, theirs);
      return { ...common, ...measured, ...(limit === undefined ? {} : { holds: ratio.median <= limit }) };
    });
}

/** What runs natively at float32 is what we are held to; what it does with less is there to be seen. */
function limitFor(name: string, atMost: number | undefined, below: number | undefined): number | undefined {
  if (name.startsWith('llama.cpp')) return name === NATIVE ? atMost : undefined;
  return below;
}

/**
 * What the matrix products alone took, for each kind that was measured to the end: beside llama.cpp, and beside whoever else is faster than
 * ours and must not be.
 */
export function proofs(
  what: string,
  { taken, failed }: Turns<string>,
  demands: readonly Comparison[],
): Proof[] {
  const own = taken[OURS] as readonly number[];
  const kinds = Object.keys(taken).filter((name) => isProducts(name) && failed[name] === undefined);
  return demands.flatMap(({ against = '', atMost, holds }) => {
    const theirs = taken[against];
    if (!theirs || failed[against] !== undefined || atMost === undefined) return [];
    if (against !== NATIVE && holds !== false) return [];
    const more = kinds.includes(PRODUCTS_AND_BETWEEN)
      ? ratioOf(taken[PRODUCTS_AND_BETWEEN] as readonly number[], theirs).median
      : undefined;
    return kinds.map((name): Proof => {
      const products = taken[name] as readonly number[];
      const ratio = ratioOf(products, theirs);
      const tooSlow = ratio.median > atMost;
      const chance = tooSlow && name === PRODUCTS && more !== undefined && more <= atMost;
      return {
        what,
        kind: name.split(' ')[1] as Proof['kind'],
        products: timesOf(products),
        against,
        theirs: timesOf(theirs),
        ratio,
        ours: ratioOf(own, products),
        atMost,
        proved: tooSlow && !chance,
        ...(chance && { chance }),
      };
    });
  });
}

/** One thing beside another of ours. */
export function beside(
  what: string,
  unit: Comparison['unit'],
  ours: readonly number[],
  against: string,
  theirs: readonly number[],
  atMost?: number,
  bound?: Bound,
): Comparison {
  const ratio = ratioOf(ours, theirs);
  return {
    what,
    unit,
    ours: timesOf(ours),
    against,
    theirs: timesOf(theirs),
    ratio,
    ...(atMost === undefined ? {} : { atMost, holds: ratio.median <= atMost }),
    ...(bound ? { bound } : {}),
  };
}

/** A figure beside a number that it must not be above. */
export function within(
  what: string,
  unit: Comparison['unit'],
  ours: readonly number[],
  atMost?: number,
  bound?: Bound,
): Comparison {
  const times = timesOf(ours);
  return {
    what,
    unit,
    ours: times,
    ...(atMost === undefined ? {} : { atMost, holds: times.median <= atMost }),
    ...(bound ? { bound } : {}),
  };
}

/** Figures that stand in the table at the top without a demand. */
export const told = (...comparisons: readonly Comparison[]): Comparison[] =>
  comparisons.map((one) => ({ ...one, told: true }));
