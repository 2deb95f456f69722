import type { Lab } from './lab';
import { operations, weightsPerToken } from './model/shape';
import type { Bound } from './outcome';

/** Bytes of float32. */
const WIDE = 4;

/** What is read and computed for `rows` new positions behind `past` ones, with the logits of the last. */
interface Work {
  readonly bytes: number;
  readonly flops: number;
}

export function workOf(lab: Lab, rows: number, past: number): Work {
  const { config } = lab.store;
  const kept = 2 * config.n_layer * past * config.n_embd; // keys and values
  return { bytes: WIDE * (weightsPerToken(config) + kept), flops: operations(config, rows, past) };
}

/** Several passes, one behind the other. */
const together = (passes: readonly Work[]): Work => ({
  bytes: passes.reduce((sum, { bytes }) => sum + bytes, 0),
  flops: passes.reduce((sum, { flops }) => sum + flops, 0),
});

/**
 * The least time for some passes on so many threads: of each the longer of reading its bytes from memory and doing its
 * operations, both at the best that WebAssembly reached in this run.
 */
export async function leastTime(lab: Lab, threads: number, passes: readonly Work[]): Promise<Bound> {
  const { bandwidth, peak } = await lab.limits(threads);
  const reading = ({ bytes }: Work) => (1000 * bytes) / bandwidth;
  const computing = ({ flops }: Work) => (1000 * flops) / peak;
  const value = passes.reduce((sum, pass) => sum + Math.max(reading(pass), computing(pass)), 0);
  const all = together(passes);
  const megabytes = `${(all.bytes / 1e6).toFixed(0)} MB read at ${(bandwidth / 1e9).toFixed(1)} GB/s`;
  const arithmetic = `${(all.flops / 1e9).toFixed(1)} G float operations at ${(peak / 1e9).toFixed(1)} G/s`;
  const [read, computed] = [
    passes.some((one) => reading(one) >= computing(one)),
    passes.some((one) => reading(one) < computing(one)),
  ];
  const how =
    read && computed ? `${megabytes}, ${arithmetic}, of each pass the longer` : read ? megabytes : arithmetic;
  return { value, how: `${how}, ${threads === 1 ? 'one thread' : `${threads} threads`}` };
}
