/** A port as Node has it: one that is referred to keeps the program alive. */
type NodePort = MessagePort & { ref?(): void; unref?(): void };

/**
 * Waits for the next macrotask, time and again, by a message to itself: timers are clamped to 4 ms and slower in the background, and a channel
 * for each time takes twice as long.
 */
export class Macrotasks {
  readonly #channel = new MessageChannel();
  readonly #waiting: (() => void)[] = [];

  constructor() {
    this.#port.onmessage = () => {
      this.#port.unref?.();
      for (const resolve of this.#waiting.splice(0)) resolve();
    };
    this.#port.unref?.();
  }

  /** Resolves in the next macrotask. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#port.ref?.();
      this.#channel.port2.postMessage(null);
    });
  }

  /** Nobody waits any more. */
  close(): void {
    this.#port.close();
  }

  get #port(): NodePort {
    return this.#channel.port1;
  }
}
