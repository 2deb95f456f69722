/** Things under way that the page can cancel by a number: signals do not cross between threads. */
export class Tickets {
  readonly #running = new Map<number, AbortController>();

  cancel(ticket: number): void {
    this.#running.get(ticket)?.abort();
  }

  async run<T>(ticket: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(ticket, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#running.delete(ticket);
    }
  }
}
