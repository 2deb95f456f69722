/**
 * What may end all waiting at once: a worker stops, a graphics device is lost. A promise that everybody raced with would keep
 * something of each of them for as long as it is open.
 */
export class End {
  #come: { readonly why: unknown } | undefined;
  readonly #waiting = new Set<(why: unknown) => void>();

  /** Ends all waiting, now and later. @param why what those who wait are told */
  come(why: unknown): void {
    this.#come ??= { why };
    for (const reject of this.#waiting) reject(why);
    this.#waiting.clear();
  }

  /** The answer, unless the end comes first. @throws what the answer throws, or why it has ended */
  before<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#come) reject(this.#come.why);
      else this.#waiting.add(reject);
      answer.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }
}
