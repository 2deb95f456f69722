import { Engine } from '../../../src/engine/engine';
import { randomModel, smallConfig } from '../../support/random';

/** What the engine says when its graphics device goes away, and whether a new one can be opened after that. */
export async function loseDevice(wasmPaths: string): Promise<{ error: string; after: number[] }> {
  const devices: GPUDevice[] = [];
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
    const device = await requestDevice.call(this, descriptor);
    devices.push(device);
    return device;
  };
  const model = randomModel(smallConfig({ n_layer: 1, n_head: 1, n_embd: 8 }), 1);
  const open = () => Engine.open(model, { backend: 'webgpu', wasmPaths });
  const engine = await open();
  devices.at(-1)?.destroy();
  const error = await engine.read({ ids: [3, 4], wants: [{ name: 'z', layer: 0 }] }).then(
    () => 'no error',
    (thrown: Error) => `${thrown.name}: ${thrown.message}`,
  );
  await engine.dispose();
  const next = await open();
  const [tensor] = await next.read({ ids: [3, 4], wants: [{ name: 'z', layer: 0 }] });
  return { error, after: [...(tensor?.dims ?? [])] };
}
