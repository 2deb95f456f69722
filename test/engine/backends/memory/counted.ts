import type { BlockRun } from '../../../../src/engine/backends/backend';
import { type Instance, startedInstance } from '../../../../src/engine/backends/memory/instance';
import { Memory } from '../../../../src/engine/backends/memory/memory';
import { Runs } from '../../../../src/engine/backends/memory/runs';
import { OrtBackend } from '../../../../src/engine/backends/ort';
import type { OrtRuntime } from '../../../../src/engine/backends/runtime';
import { startedRuntime } from './started';

/** WebAssembly's memory, that knows what has been taken and not been given back. */
export class CountedMemory extends Memory {
  readonly #taken = new Map<number, number>();
  /** How many numbers may be out at once. */
  most = Number.POSITIVE_INFINITY;

  constructor(instance: () => Instance = startedInstance) {
    super(instance);
  }

  get numbers(): number {
    return [...this.#taken.values()].reduce((a, b) => a + b, 0);
  }

  override take(count: number): Float32Array {
    if (this.numbers + count > this.most) throw new Error(`There is no memory left for ${count} numbers.`);
    const array = super.take(count);
    this.#taken.set(array.byteOffset, count);
    return array;
  }

  override copyOf<T extends Float32Array | Uint8Array | BigInt64Array>(array: T): T {
    const copy = super.copyOf(array);
    this.#taken.set(copy.byteOffset, copy.byteLength / Float32Array.BYTES_PER_ELEMENT);
    return copy;
  }

  override giveBack(address: number): void {
    if (!this.#taken.delete(address)) throw new Error('This was not taken, or is given back twice.');
    super.giveBack(address);
  }
}

/** A back end that writes down which blocks ran one by one. */
export class WatchedBackend extends OrtBackend {
  readonly ran: number[] = [];

  override runBlock(run: BlockRun) {
    this.ran.push(run.layer);
    return super.runBlock(run);
  }
}

/** The WebAssembly runtime on a memory that counts. */
export async function countedRuntime(): Promise<{ runtime: OrtRuntime; memory: CountedMemory }> {
  const runtime = await startedRuntime();
  const memory = new CountedMemory();
  return {
    memory,
    runtime: { ...runtime, inMemory: { memory, runs: new Runs(runtime.ort, startedInstance, memory) } },
  };
}
