import type { Model } from '../../gpt2/reference';
import type { OpenOptions } from '../api';
import type { Backend } from './backend';
import type { Candidate } from './choose';
import { roomFor } from './memory/room';
import { deal, SHARD_BYTES } from './shards/deal';
import { needsShards } from './shards/need';

/** Makes a back end; replaced in tests by one that fails. */
export type MakeBackend = (model: Model, candidate: Candidate, options: OpenOptions) => Promise<Backend>;

/** Only what is chosen is fetched: each back end is a chunk of its own. */
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
  const { OrtBackend } = await import('./ort');
  if (name === 'webgpu') {
    const { webgpuRuntime } = await import('./webgpu');
    return new OrtBackend(model, await webgpuRuntime({ wasmPaths, largestBuffer }), supply);
  }
  const { wasmRuntime } = await import('./wasm');
  const runtime = await wasmRuntime(wasmPaths, threads);
  // Whoever needs the memory hears of it when it cannot start.
  runtime.exclusive(async () => runtime.inMemory?.memory.reserve(roomFor(model.config))).catch(() => {});
  return new OrtBackend(model, runtime, supply);
};
