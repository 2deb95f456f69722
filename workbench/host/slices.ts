/** So long the page may be kept busy before it is let go on with other things, in milliseconds. */
const AT_ONCE = 40;
/** So many steps are taken before the clock is looked at. */
const UNWATCHED = 500;

/** Long work in slices, between which the page draws and takes in what somebody does. */
export class Slices {
  #steps = 0;
  #began = performance.now();

  /** To be called after each step. @returns whether a slice is over: then `pause` */
  get over(): boolean {
    return ++this.#steps % UNWATCHED === 0 && performance.now() - this.#began >= AT_ONCE;
  }

  async pause(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    this.#began = performance.now();
  }
}
