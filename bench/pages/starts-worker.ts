import * as Comlink from 'comlink';
import { wasmRuntime } from '../../src/engine/backends/wasm';

const worker = {
  /** Starts ONNX Runtime as the engine does, and has it make its first session. */
  async start(wasmPaths: string, threads: number): Promise<void> {
    const { exclusive } = await wasmRuntime(wasmPaths, threads);
    await exclusive(async () => {});
  },
};

export type StartsWorker = typeof worker;
Comlink.expose(worker);
