import { startedInstance } from '../../../../src/engine/backends/memory/instance';
import type { OrtRuntime } from '../../../../src/engine/backends/runtime';
import { wasmRuntime } from '../../../../src/engine/backends/wasm';

/** WebAssembly on one thread, when it has started. */
export async function startedRuntime(): Promise<OrtRuntime> {
  const runtime = await wasmRuntime(undefined, 1);
  await runtime.exclusive(async () => {}); // it has started when it is our turn
  return runtime;
}

/** Bytes of its whole memory, as it is now. */
export function memorySize(): number {
  startedInstance().getValue(0, '*'); // reading a value shows what it has grown by
  return startedInstance().HEAPU8.byteLength;
}
