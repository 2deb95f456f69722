/** Runs something while no other tab, workbook or call does the same. */
export interface LockOptions {
  readonly signal?: AbortSignal;
  /** Told when another has it. Without it, nobody waits. */
  readonly onWait?: () => void;
}

/** Where there are no Web Locks (Node, pages without https) there are no other tabs to mind, only other calls. */
const held = new Map<string, Promise<unknown>>();

/**
 * @returns what `run` returns; undefined where another has the lock and nobody waits
 * @throws the signal's reason, when it is aborted while waiting
 */
export async function withLock<T>(
  name: string,
  { signal, onWait }: LockOptions,
  run: () => Promise<T>,
): Promise<T | undefined> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return withOwnLock(name, { signal, onWait }, run);
  const busy = Symbol();
  const first = await locks.request(name, { ifAvailable: true }, async (lock) => (lock ? run() : busy));
  if (first !== busy) return first as T;
  if (!onWait) return undefined;
  onWait();
  return locks.request(name, { signal }, run) as Promise<T>;
}

async function withOwnLock<T>(
  name: string,
  { signal, onWait }: LockOptions,
  run: () => Promise<T>,
): Promise<T | undefined> {
  const before = held.get(name);
  if (before && !onWait) return undefined;
  if (before) onWait?.();
  const mine = (async () => {
    await before?.catch(() => {});
    signal?.throwIfAborted();
    return run();
  })();
  held.set(name, mine);
  try {
    return await mine;
  } finally {
    if (held.get(name) === mine) held.delete(name);
  }
}
