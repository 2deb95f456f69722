import type { Lab, Runner } from './lab';
import type { Who } from './who';

/** How often everybody is opened. */
const OPENINGS = 3;

/**
 * Opens everybody several times, and measures each time: where a model lies in memory decides over as much as a tenth of its time, and stays as
 * it is until the model is opened anew.
 * @returns what came of each opening, and whoever is still open
 */
export async function inOpenings<T>(
  lab: Lab,
  who: readonly Who[],
  threads: number,
  measure: (runners: readonly Runner[]) => Promise<T>,
): Promise<{ readonly runners: readonly Runner[]; readonly measured: readonly T[] }> {
  const measured: T[] = [];
  let runners: readonly Runner[] = [];
  for (let opening = 0; opening < lab.rounds(1, OPENINGS); opening++) {
    await lab.runners([], threads);
    runners = await lab.runners(who, threads);
    measured.push(await measure(runners));
  }
  return { runners, measured };
}
