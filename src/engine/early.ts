import type { OpenOptions } from './api';
import { candidates } from './backends/choose';

/**
 * Starts WebAssembly where a model that is still being looked for will run on it: fetching and compiling it takes seconds,
 * in which little else is to be done. Whoever opens the model hears of what goes wrong.
 */
export async function startEarly({ backend = 'best', threads, wasmPaths }: OpenOptions): Promise<void> {
  const loading = import('./backends/wasm'); // little, and loaded while the device is asked for a graphics processor
  loading.catch(() => {});
  const [first] = await candidates(backend, threads);
  if (first?.name !== 'wasm') return;
  const { wasmRuntime } = await loading;
  await wasmRuntime(wasmPaths, first.threads);
}
