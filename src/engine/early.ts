import type { OpenOptions } from './api';
import { candidates } from './backends/choose';
import { wasmRuntime } from './backends/wasm';

/**
 * Starts WebAssembly where a model that is still being looked for will run on it: fetching and compiling it takes seconds,
 * in which little else is to be done. Whoever opens the model hears of what goes wrong.
 */
export async function startEarly({ backend = 'best', threads, wasmPaths }: OpenOptions): Promise<void> {
  const [first] = await candidates(backend, threads);
  if (first?.name === 'wasm') await wasmRuntime(wasmPaths, first.threads);
}
