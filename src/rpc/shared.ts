/** Something that several wait for together. */
interface Asked<Out> {
  readonly answer: Promise<Out>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * What is asked again while it is still on its way is asked once, and all get the same answer, which nobody may change: many
 * cells ask the same formula for one number each. It ends when nobody waits for it any more.
 */
export class Shared<In, Out> {
  readonly #asked = new Map<string, Asked<Out>>();

  /**
   * @param keyOf the same for what is the same; undefined for what is asked each time
   * @param ask asks, and may be told to give up
   */
  constructor(
    private readonly keyOf: (what: In) => string | undefined,
    private readonly ask: (what: In, signal: AbortSignal) => Promise<Out>,
  ) {}

  /** What is on its way is for those who wait for it already; whoever comes after this asks anew. */
  forget(): void {
    this.#asked.clear();
  }

  async get(what: In, signal?: AbortSignal): Promise<Out> {
    signal?.throwIfAborted();
    const key = this.keyOf(what);
    const mine = (key !== undefined && this.#asked.get(key)) || this.#begin(key, what);
    mine.waiting++;
    if (!signal) return mine.answer;
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal.reason);
        if (--mine.waiting > 0) return;
        this.#drop(key, mine);
        mine.controller.abort(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      mine.answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  #begin(key: string | undefined, what: In): Asked<Out> {
    const controller = new AbortController();
    const asked: Asked<Out> = { answer: this.ask(what, controller.signal), controller, waiting: 0 };
    if (key !== undefined) this.#asked.set(key, asked);
    const over = () => this.#drop(key, asked);
    asked.answer.then(over, over);
    return asked;
  }

  #drop(key: string | undefined, asked: Asked<Out>): void {
    if (key !== undefined && this.#asked.get(key) === asked) this.#asked.delete(key);
  }
}
