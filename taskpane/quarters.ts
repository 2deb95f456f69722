/** A screen reader hears of progress this often, in percent: more would talk over everything else. */
const STEP = 25;

/** The last quarter that was reached, such as 50 for 63 percent. */
export const quarterOf = (percent: number | undefined): number => Math.floor((percent ?? 0) / STEP) * STEP;

/** Tells of 25, 50 and 75 percent, once each. */
export class Quarters {
  #reached = 0;

  constructor(private readonly tell: (percent: number) => void) {}

  begin(): void {
    this.#reached = 0;
  }

  at(percent: number | undefined): void {
    const quarter = quarterOf(percent);
    if (quarter <= this.#reached) return;
    this.#reached = quarter;
    if (quarter < 100) this.tell(quarter);
  }
}
