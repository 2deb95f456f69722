import { Engine } from '../../../src/engine/engine';
import { randomModel, smallConfig } from '../../support/random';

/** What became of a request whose graphics device went away, and of an engine that was opened after that. */
export interface Aftermath {
  /** Shape and back end of the answer that was waited for when the device went. */
  readonly dims: readonly number[];
  readonly backend: string;
  readonly reason: string;
  /** How often the engine told that another back end has taken over. */
  readonly told: number;
  /** The largest difference between numbers from before and after. */
  readonly difference: number;
  /** The back end of the next engine that asks for WebGPU. */
  readonly next: string;
}

/** Takes the graphics device from an engine that uses it. */
export async function loseDevice(wasmPaths: string): Promise<Aftermath> {
  const devices: GPUDevice[] = [];
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
    const device = await requestDevice.call(this, descriptor);
    devices.push(device);
    return device;
  };
  let told = 0;
  const model = randomModel(smallConfig({ n_layer: 1, n_head: 1, n_embd: 8 }), 1);
  const open = () =>
    Engine.open(model, { backend: 'webgpu', wasmPaths, cacheBytes: 0, onBackend: () => told++ });
  const request = { ids: [3, 4], wants: [{ name: 'z', layer: 0 }] } as const;
  const engine = await open();
  const [before] = await engine.read(request);
  devices.at(-1)?.destroy();
  const [after] = await engine.read(request);
  const { name: backend, reason } = engine.backend;
  await engine.dispose();
  const again = await open();
  await again.read(request);
  const differences = after?.data.map((value, i) => Math.abs(value - (before?.data[i] as number))) ?? [];
  return {
    dims: [...(after?.dims ?? [])],
    backend,
    reason,
    told,
    difference: Math.max(...differences),
    next: again.backend.name,
  };
}
