import type { DownloadProgress } from './api';
import { withLock } from './lock';
import type { Meter } from './meter';

const lockName = (key: string): string => `gpt2-in-cells/models/${key}`;

/**
 * Runs a download of a model while no other tab downloads it. One that waits shows the progress of the other.
 * @throws the signal's reason, and what `run` throws
 */
export async function downloadAlone<T>(
  key: string,
  meter: Meter,
  signal: AbortSignal | undefined,
  run: () => Promise<T>,
): Promise<T> {
  const name = lockName(key);
  const others = typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : undefined;
  const tell = (progress: DownloadProgress) => others?.postMessage(progress);
  const onWait = () => {
    meter.show('waiting');
    others?.addEventListener('message', ({ data }: MessageEvent<DownloadProgress>) => {
      const { bytes, total, speed, secondsLeft } = data;
      meter.show('waiting', { bytes, total, speed, secondsLeft });
    });
  };
  try {
    return (await withLock(name, { signal, onWait }, () => {
      meter.listeners.add(tell);
      return run();
    })) as T;
  } finally {
    meter.listeners.delete(tell);
    others?.close();
  }
}

/** Runs something short with a model that nobody downloads. @returns undefined where somebody does */
export const ifAlone = <T>(key: string, run: () => Promise<T>): Promise<T | undefined> =>
  withLock(lockName(key), {}, run);
