import * as Comlink from 'comlink';
import type { LimitsWorker } from './limits-worker';

/** What this browser can do, on so many threads at once. */
export interface Limits {
  readonly threads: number;
  /**
   * Bytes a second that WebAssembly reads from memory that no cache holds, all threads together: the best of all rounds. Bounds are
   * worked out with it, because whatever else runs only makes a round slower.
   */
  readonly bandwidth: number;
  /** The same, the median of the rounds of whichever kernel had the best. */
  readonly usualBandwidth: number;
  /** From how many places at once the best was read. */
  readonly streams: number;
  /** Floating-point operations a second, with WebAssembly's vectors of four: the best, and the median. */
  readonly peak: number;
  readonly usualPeak: number;
  /** The best with relaxed SIMD's fused multiply-add, where the browser has it. */
  readonly fusedPeak?: number;
}

/** How many places the reading kernels read from at once. */
const STREAMS = [1, 2, 4, 8];

/** Measures the limits in `rounds` rounds each. */
export async function limits(threads: number, rounds: number): Promise<Limits> {
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('limits-worker.js', document.baseURI), { type: 'module' }),
  );
  const remotes = workers.map((worker) => Comlink.wrap<LimitsWorker>(worker));
  /** What all threads did together in each round, best first. */
  const together = async (measure: (remote: Comlink.Remote<LimitsWorker>) => Promise<number | undefined>) => {
    const sums: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const all = await Promise.all(remotes.map(measure));
      sums.push(all.reduce<number>((sum, one) => sum + (one ?? 0), 0));
    }
    return sums.sort((a, b) => b - a);
  };
  const middle = (sums: readonly number[]) => sums[Math.floor(sums.length / 2)] as number;

  let best = { bandwidth: 0, usualBandwidth: 0, streams: 0 };
  for (const streams of STREAMS) {
    await Promise.all(remotes.map((remote) => remote.prepareReading(streams)));
    const sums = await together((remote) => remote.bandwidth());
    const most = sums[0] as number;
    if (most > best.bandwidth) best = { bandwidth: most, usualBandwidth: middle(sums), streams };
  }
  await Promise.all(remotes.map((remote) => remote.prepareArithmetic()));
  const peaks = await together((remote) => remote.peak(false));
  const [fusedPeak] = (await together((remote) => remote.peak(true))) as [number];
  for (const worker of workers) worker.terminate();
  return {
    threads,
    ...best,
    peak: peaks[0] as number,
    usualPeak: middle(peaks),
    ...(fusedPeak > 0 ? { fusedPeak } : {}),
  };
}
