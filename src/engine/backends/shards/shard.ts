import type { Config } from '../../../gpt2/config';
import { EngineError } from '../../errors';
import type { Backend } from '../backend';
import { OrtBackend } from '../ort';
import { wasmRuntime } from '../wasm';

/** What a worker must know before it can hold a share of a model. */
export interface ShardSetup {
  readonly config: Config;
  readonly tied: boolean;
  readonly wasmPaths: string | undefined;
  readonly threads: number;
  /** What messages call this worker. */
  readonly label: string;
}

/** Gives a parameter in an array that is the caller's own. */
export type ReadParameter = (name: string) => Promise<Float32Array>;

/** A back end for some parts of a model, as a worker offers it. */
export type ShardService = Pick<
  Backend,
  'prepareBlock' | 'prepareFinal' | 'runBlock' | 'runNorm' | 'runHead'
>;

/** ONNX Runtime as this thread has it, with the WebAssembly memory of this thread. */
export async function openShard(setup: ShardSetup, read: ReadParameter): Promise<ShardService> {
  const { config, tied, wasmPaths, threads, label } = setup;
  // What lies in this thread's memory is out of the engine's reach: keys and values cross as arrays.
  const runtime = { ...(await wasmRuntime(wasmPaths, threads)), label, apart: true };
  const get = (name: string): never => {
    throw new EngineError('run', `${label} keeps no parameter "${name}".`);
  };
  const model = { config, weights: { names: [], tied, get } };
  // Numbers cross from another thread in arrays of their own, and room in this one cannot be sent there.
  return new OrtBackend(model, runtime, { arrived: async () => {}, read: (name) => read(name) });
}
