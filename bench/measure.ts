/** Several times of one thing, in milliseconds. */
export interface Times {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly count: number;
}

export function timesOf(values: readonly number[]): Times {
  if (values.length === 0) throw new Error('Nothing was measured.');
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: middle(sorted),
    least: sorted[0] as number,
    most: sorted.at(-1) as number,
    count: sorted.length,
  };
}

export const median = (values: readonly number[]): number => timesOf(values).median;

function middle(sorted: readonly number[]): number {
  const half = Math.floor(sorted.length / 2);
  const [below, above] = [sorted[half - 1], sorted[half]] as [number, number];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}

/** How two things compare, measured side by side. */
export interface Ratio {
  /** The median of the ratios of each round: what slows the machine down for a while slows both. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Measures several things in turn, round after round, each round beginning with another of them.
 * @param measures each gives its time, or several times of which the round takes the median
 */
export async function alternate<K extends string>(
  measures: Readonly<Record<K, (round: number) => Promise<number | readonly number[]>>>,
  rounds: number,
): Promise<Record<K, number[]>> {
  const names = Object.keys(measures) as K[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(round + i) % names.length] as K;
      const time = await measures[name](round);
      times[name].push(typeof time === 'number' ? time : median(time));
    }
  }
  return times;
}

/** What `ours` took, in parts of what `theirs` took in the same round. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Ratio {
  const { median, least, most } = timesOf(ours.map((time, round) => time / (theirs[round] as number)));
  return { median, least, most };
}
