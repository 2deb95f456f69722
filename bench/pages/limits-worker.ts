import * as Comlink from 'comlink';
import { arithmetic, fill, OPERATIONS, reading, roundsOf } from '../limits/kernels';

/** As much as the weights, and far more than any cache holds. */
const BYTES = 2 ** 29;
/** Some milliseconds: the best of many short rounds is one in which nothing else ran. */
const STEPS = 8_000_000;

type Run = (...values: number[]) => number;
type Module = { readonly run: Run; readonly memory: WebAssembly.Memory };
const compile = async (bytes: Uint8Array<ArrayBuffer>): Promise<Module> =>
  (await WebAssembly.instantiate(bytes)).instance.exports as Module;

let read: { readonly streams: number; readonly run: Run } | undefined;
const kernels = new Map<boolean, Run>();

const worker = {
  /** Memory of its own for the kernel that reads from so many places, filled; one at a time. */
  async prepareReading(streams: number): Promise<void> {
    read = undefined; // and its memory with it
    const { run, memory } = await compile(reading(BYTES, streams));
    fill(memory);
    run(0, roundsOf(BYTES)); // the code is optimised
    read = { streams, run };
  },
  /** Bytes read per second. */
  bandwidth(): number {
    const { run } = read as NonNullable<typeof read>;
    const began = performance.now();
    run(0, roundsOf(BYTES));
    return BYTES / ((performance.now() - began) / 1000);
  },
  async prepareArithmetic(): Promise<void> {
    read = undefined;
    for (const fused of [false, true]) {
      const bytes = arithmetic(fused);
      if (!WebAssembly.validate(bytes)) continue; // a browser without relaxed SIMD
      const { run } = await compile(bytes);
      run(STEPS);
      kernels.set(fused, run);
    }
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
