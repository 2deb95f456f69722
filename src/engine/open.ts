import type { Model } from '../gpt2/reference';
import type { BackendName, OpenOptions } from './api';
import type { Backend } from './backends/backend';
import type { Candidate } from './backends/choose';
import { candidates } from './backends/choose';
import { EngineError, messageOf } from './errors';

/** A back end with a whole model in it. */
export interface OpenBackend {
  readonly backend: Backend;
  /** One or two sentences for people: what runs, why, and what was tried in vain. */
  readonly reason: string;
}

/** Makes a back end; replaced in tests by one that fails. */
export type MakeBackend = (model: Model, candidate: Candidate, options: OpenOptions) => Promise<Backend>;

/**
 * Opens the best back end that works: one that cannot load or compile the model gives way to the next.
 * @throws EngineError saying what each of them said, when none works
 */
export async function openBackend(
  model: Model,
  options: OpenOptions,
  make: MakeBackend = makeBackend,
): Promise<OpenBackend> {
  const failures: string[] = [];
  for (const candidate of await candidates(options.backend ?? 'best', options.threads)) {
    let backend: Backend | undefined;
    try {
      backend = await make(model, candidate, options);
      await prepare(backend, model.config.n_layer, options);
      return { backend, reason: [candidate.reason, ...failures].join(' ') };
    } catch (error) {
      failures.push(`${NAMES[candidate.name]} was tried and failed: ${messageOf(error)}`);
      await backend?.dispose();
    }
  }
  throw new EngineError('run', `The model could not be opened. ${failures.join(' ')}`);
}

const NAMES: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  reference: 'Plain JavaScript',
};

/** Only what is chosen is fetched: each back end is a chunk of its own. */
const makeBackend: MakeBackend = async (model, { name, threads }, { wasmPaths, largestBuffer }) => {
  if (name === 'reference') {
    const { ReferenceBackend } = await import('./backends/reference');
    return new ReferenceBackend(model);
  }
  const { OrtBackend } = await import('./backends/ort');
  if (name === 'webgpu') {
    const { webgpuRuntime } = await import('./backends/webgpu');
    return new OrtBackend(model, await webgpuRuntime({ wasmPaths, largestBuffer }));
  }
  const { wasmRuntime } = await import('./backends/wasm');
  return new OrtBackend(model, await wasmRuntime(wasmPaths, threads));
};

async function prepare(backend: Backend, layers: number, { onProgress }: OpenOptions): Promise<void> {
  for (let layer = 0; layer < layers; layer++) {
    onProgress?.(layer / (layers + 1), `${backend.label}: preparing layer ${layer + 1} of ${layers}`);
    await backend.prepareBlock(layer);
  }
  onProgress?.(layers / (layers + 1), `${backend.label}: preparing the output head`);
  await backend.prepareFinal();
  onProgress?.(1, `${backend.label}: ready`);
}
