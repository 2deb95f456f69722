import type { Lab } from './lab';
import type { Outcome } from './outcome';

/** One line of the table: what is measured, and what must hold. */
export interface Row {
  /** What the command line calls it. */
  readonly name: string;
  /** What the page calls it. */
  readonly title: string;
  /** Whether `--quick` runs it. */
  readonly quick: boolean;
  /** Whether it takes so long that it runs only when it is named. */
  readonly long?: boolean;
  run(lab: Lab): Promise<Outcome>;
}
