import { ratioOf, timesOf } from './measure';
import type { Comparison } from './outcome';

/** What each of several took, round by round: ours first, the others behind it. */
export function comparisons(
  what: string,
  taken: Readonly<Record<string, readonly number[]>>,
  ours: string,
  { atMost, below = 1, bound }: { atMost?: number; below?: number; bound?: Comparison['bound'] } = {},
): Comparison[] {
  const own = taken[ours] as readonly number[];
  return Object.keys(taken)
    .filter((name) => name !== ours)
    .map((name) => {
      const theirs = taken[name] as readonly number[];
      const ratio = ratioOf(own, theirs);
      const limit = limitFor(name, atMost, below);
      return {
        what,
        unit: 'ms',
        ours: timesOf(own),
        against: name,
        theirs: timesOf(theirs),
        ratio,
        ...(limit === undefined ? {} : { atMost: limit, holds: ratio.median <= limit }),
        ...(bound ? { bound } : {}),
      };
    });
}

/** What runs natively at float32 is what we are held to; what it does with less is there to be seen. */
function limitFor(name: string, atMost?: number, below?: number): number | undefined {
  if (name.startsWith('llama.cpp')) return name === 'llama.cpp f32' ? atMost : undefined;
  return below;
}

/** One thing beside another of ours. */
export function beside(
  what: string,
  unit: Comparison['unit'],
  ours: readonly number[],
  against: string,
  theirs: readonly number[],
  atMost: number,
): Comparison {
  const ratio = ratioOf(ours, theirs);
  return {
    what,
    unit,
    ours: timesOf(ours),
    against,
    theirs: timesOf(theirs),
    ratio,
    atMost,
    holds: ratio.median <= atMost,
  };
}

/** A figure beside a number that it must not be above. */
export function within(
  what: string,
  unit: Comparison['unit'],
  ours: readonly number[],
  atMost?: number,
): Comparison {
  const times = timesOf(ours);
  return {
    what,
    unit,
    ours: times,
    ...(atMost === undefined ? {} : { atMost, holds: times.median <= atMost }),
  };
}
