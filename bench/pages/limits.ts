import * as Comlink from 'comlink';
import type { LimitsWorker } from './limits-worker';

/** What this browser can do at the most, on so many threads at once. */
export interface Limits {
  readonly threads: number;
  /** Bytes a second, read by WebAssembly from memory that no cache holds; the best of several rounds. */
  readonly bandwidth: number;
  /** Floating-point operations a second, with WebAssembly's vectors of four. */
  readonly peak: number;
  /** The same with relaxed SIMD's fused multiply-add, where the browser has it. */
  readonly fusedPeak?: number;
}

/** Measures the limits: the best of `rounds`, for whatever else runs only makes it slower. */
export async function limits(threads: number, rounds: number): Promise<Limits> {
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('limits-worker.js', document.baseURI), { type: 'module' }),
  );
  const remotes = workers.map((worker) => Comlink.wrap<LimitsWorker>(worker));
  await Promise.all(remotes.map((remote) => remote.prepare()));
  const best = async (measure: (remote: Comlink.Remote<LimitsWorker>) => Promise<number | undefined>) => {
    let most = 0;
    for (let round = 0; round < rounds; round++) {
      const all = await Promise.all(remotes.map(measure));
      most = Math.max(
        most,
        all.reduce<number>((sum, one) => sum + (one ?? 0), 0),
      );
    }
    return most;
  };
  const bandwidth = await best((remote) => remote.bandwidth());
  const peak = await best((remote) => remote.peak(false));
  const fusedPeak = await best((remote) => remote.peak(true));
  for (const worker of workers) worker.terminate();
  return { threads, bandwidth, peak, ...(fusedPeak > 0 ? { fusedPeak } : {}) };
}
