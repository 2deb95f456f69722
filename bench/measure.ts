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

type Measures<K extends string> = Readonly<Record<K, (round: number) => Promise<number | readonly number[]>>>;

/** What came of measuring several things in turn. */
export interface Turns<K extends string> {
  /** The time of each round. Whoever failed has fewer rounds than the others, or none. */
  readonly taken: Record<K, number[]>;
  /** What those said that failed. They had no further turn. */
  readonly failed: Partial<Record<K, string>>;
}

/**
 * Measures several things in turn, round after round, each round beginning with another of them. All must succeed.
 * @param measures each gives its time, or several times of which the round takes the median
 */
export async function alternate<K extends string>(
  measures: Measures<K>,
  rounds: number,
): Promise<Record<K, number[]>> {
  return (await takeTurns(measures, rounds, () => false)).taken;
}

/**
 * The same, where some may fail and the others go on without them.
 * @param mayFail whose failure is no reason to stop; anybody else's error is thrown
 */
export async function takeTurns<K extends string>(
  measures: Measures<K>,
  rounds: number,
  mayFail: (name: K) => boolean,
): Promise<Turns<K>> {
  const names = Object.keys(measures) as K[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  const failed: Partial<Record<K, string>> = {};
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(round + i) % names.length] as K;
      if (failed[name] !== undefined) continue;
      try {
        const time = await measures[name](round);
        taken[name].push(typeof time === 'number' ? time : median(time));
      } catch (error) {
        if (!mayFail(name)) throw error;
        failed[name] = oneLine(error);
      }
    }
  }
  return { taken, failed };
}

/**
 * Rounds of several openings as if they were of one. Whoever has failed in one of them has failed, and keeps only the rounds before that, so
 * that all rounds stay side by side.
 */
export function together<K extends string>(openings: readonly Turns<K>[]): Turns<K> {
  const [first] = openings;
  const names = Object.keys(first?.taken ?? {}) as K[];
  const failed: Partial<Record<K, string>> = {};
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (const opening of openings) {
    for (const name of names) {
      if (failed[name] === undefined) taken[name].push(...opening.taken[name]);
      failed[name] ??= opening.failed[name];
    }
  }
  return { taken, failed };
}

/** The first line of what an error says, as it fits into a table. */
export const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/^page\.evaluate: /, '')
    .split('\n', 1)[0]
    ?.slice(0, 200)
    .trim() || 'an error without a message';

/** What `ours` took, in parts of what `theirs` took in the same round. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Ratio {
  const { median, least, most } = timesOf(ours.map((time, round) => time / (theirs[round] as number)));
  return { median, least, most };
}
