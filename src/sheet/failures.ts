/** An error that a formula gave to its cell. */
export interface Failure {
  /** The formula's name without the namespace. */
  readonly formula: string;
  readonly message: string;
  /** What the cell shows, for example `#VALUE!`. */
  readonly code: string;
  readonly at: Date;
  /** Whether nothing is wrong but that the model, or a part of it, is not there yet. */
  readonly waitsForModel: boolean;
}

/** Remembers the last failure and dispatches a `failure` event for each, so that the pane can explain it. */
class Failures extends EventTarget {
  #last: Failure | undefined;

  get last(): Failure | undefined {
    return this.#last;
  }

  report(failure: Failure): void {
    this.#last = failure;
    this.dispatchEvent(new Event('failure'));
  }

  clear(): void {
    this.#last = undefined;
    this.dispatchEvent(new Event('failure'));
  }
}

export const failures = new Failures();
