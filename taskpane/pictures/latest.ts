/** Runs one thing at a time: whatever begins cancels what is under way, and may wait for typing to rest. */
export class Latest {
  #controller: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param wait milliseconds in which another beginning would take this one's place */
  begin(run: (signal: AbortSignal) => Promise<void>, wait = 0): void {
    this.cancel();
    const controller = new AbortController();
    this.#controller = controller;
    const start = () => void run(controller.signal);
    if (wait > 0) this.#timer = setTimeout(start, wait);
    else start();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#controller?.abort();
  }
}
