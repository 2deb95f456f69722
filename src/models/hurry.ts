/** Bytes a millisecond, 25 MB/s: what comes more slowly leaves a processor idle most of the time. */
const FAST = 25_000;

/** The pace is that of the latest such time, in milliseconds. */
const WINDOW_MS = 500;

/** With more processors than this there is one for the hash, however fast bytes come. */
const FEW_PROCESSORS = 2;

/**
 * Tells whether bytes come so fast, on so few processors, that hashing them now would take time from whoever waits for their
 * numbers. What is not hashed now is when all bytes are there.
 */
export class Hurry {
  readonly #few: boolean;
  readonly #now: () => number;
  #since: number | undefined;
  #bytes = 0;
  #fast = false;

  /** @param processors as many as the device has; unknown where it does not say */
  constructor(
    processors: number | undefined = globalThis.navigator?.hardwareConcurrency,
    now: () => number = () => performance.now(),
  ) {
    this.#few = processors !== undefined && processors <= FEW_PROCESSORS;
    this.#now = now;
  }

  /** So many bytes have come. */
  came(bytes: number): void {
    if (!this.#few) return;
    const now = this.#now();
    if (this.#since === undefined) {
      this.#since = now;
      this.#fast = true; // until the pace is known: what waits to be hashed is not lost
    }
    this.#bytes += bytes;
    const passed = now - this.#since;
    if (passed < WINDOW_MS) return;
    this.#fast = this.#bytes / passed > FAST;
    this.#since = now;
    this.#bytes = 0;
  }

  /** The last of them have come, for now. */
  over(): void {
    this.#since = undefined;
    this.#bytes = 0;
    this.#fast = false;
  }

  get great(): boolean {
    return this.#fast;
  }
}
