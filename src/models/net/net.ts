/** How the network is used; replaced in tests by one that is quicker to despair. */
export interface Net {
  readonly fetch: typeof fetch;
  /** A connection that is silent for so long is given up. */
  readonly stallMs: number;
  /** What to wait after the first, second … round in which every server failed and no byte came. */
  readonly retryMs: readonly number[];
}

export const defaultNet: Net = {
  fetch: (...args) => fetch(...args),
  stallMs: 30_000,
  retryMs: [1000, 2000, 4000, 8000, 16_000],
};

/** Waits. @throws the signal's reason, as soon as it is aborted */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done, failed) => {
    const stop = () => {
      clearTimeout(timer);
      failed(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      done();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

export const isOffline = (): boolean => globalThis.navigator?.onLine === false;
