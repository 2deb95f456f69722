import type { Model } from '../../gpt2/reference';
import type { OpenOptions } from '../api';
import type { Backend } from './backend';
import type { Candidate } from './choose';
import { roomFor } from './memory/room';
import { OrtBackend } from './ort';
import { deal, SHARD_BYTES } from './shards/deal';
import { needsShards } from './shards/need';
import { wasmRuntime } from './wasm';

/** Makes a back end; replaced in tests by one that fails. */
export type MakeBackend = (model: Model, candidate: Candidate, options: OpenOptions) => Promise<Backend>;

/** What seldom runs a model is fetched when it does; WebAssembly, which nearly always does or may have to, is there. */
export const makeBackend: MakeBackend = async (model, { name, threads }, options) => {
  const { wasmPaths, largestBuffer, supply } = options;
  if (name === 'reference') {
    const { ReferenceBackend } = await import('./reference');
    return new ReferenceBackend(model, supply);
  }
  if (name === 'wasm' && needsShards(model.config, options)) {
    const { ShardedBackend } = await import('./shards/backend');
    const shares = deal(model.config, SHARD_BYTES, options.workers);
    return new ShardedBackend(model, { shares, threads, wasmPaths, supply });
  }
  if (name === 'webgpu') {
    const { webgpuRuntime } = await import('./webgpu');
    return new OrtBackend(model, await webgpuRuntime({ wasmPaths, largestBuffer }), supply);
  }
  const runtime = await wasmRuntime(wasmPaths, threads);
  // Whoever needs the memory hears of it when it cannot start.
  runtime.exclusive(async () => runtime.inMemory?.memory.reserve(roomFor(model.config))).catch(() => {});
  return new OrtBackend(model, runtime, supply);
};
