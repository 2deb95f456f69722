import * as Comlink from 'comlink';
import { arithmetic, OPERATIONS, reading, roundsOf } from '../limits/kernels';

/** Far more than any cache holds. */
const BYTES = 2 ** 27;
/** Some milliseconds: the best of many short rounds is one in which nothing else ran. */
const STEPS = 2_000_000;

type Run = (...values: number[]) => number;
const compile = async (bytes: Uint8Array<ArrayBuffer>): Promise<Run> => {
  const { instance } = await WebAssembly.instantiate(bytes);
  return instance.exports.run as Run;
};

let read: Run;
const kernels = new Map<boolean, Run>();

const worker = {
  async prepare(): Promise<void> {
    const { instance } = await WebAssembly.instantiate(reading(BYTES));
    read = instance.exports.run as Run;
    read(0, roundsOf(BYTES)); // pages become real, the code optimised
    for (const fused of [false, true]) {
      const bytes = arithmetic(fused);
      if (!WebAssembly.validate(bytes)) continue; // a browser without relaxed SIMD
      const run = await compile(bytes);
      run(STEPS);
      kernels.set(fused, run);
    }
  },
  /** Bytes read per second. */
  bandwidth(): number {
    const began = performance.now();
    read(0, roundsOf(BYTES));
    return BYTES / ((performance.now() - began) / 1000);
  },
  /** Floating-point operations per second, if this browser has the instruction. */
  peak(fused: boolean): number | undefined {
    const run = kernels.get(fused);
    if (!run) return undefined;
    const began = performance.now();
    run(STEPS);
    return (STEPS * OPERATIONS) / ((performance.now() - began) / 1000);
  },
};
export type LimitsWorker = typeof worker;
Comlink.expose(worker);
