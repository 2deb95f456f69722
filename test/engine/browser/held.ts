import type { Want } from '../../../src/engine/api';
import { Engine } from '../../../src/engine/engine';
import { forward } from '../../../src/gpt2/reference';
import { randomIds, randomModel, smallConfig } from '../../support/random';

/** What an engine on a graphics device read back from it, and how far its answers were from float64. */
export interface Holding {
  /** The largest difference to float64 of each step, as a part of the largest number. */
  readonly differences: Readonly<Record<string, number>>;
  /** Bytes that the processor read from the device for two rows of logits, and how many these take. */
  readonly readBack: { readonly bytes: number; readonly asked: number };
  /** Blocks that ran for an activation of a prompt whose logits alone had been asked for. */
  readonly blocksForMore: number;
  /** Positions that ran for a prompt with one more token. */
  readonly positionsForMore: number;
  /** Buffers on the device after some prompts, and after three times as many. */
  readonly buffers: readonly [number, number];
  /** What ran it after the device had been lost. */
  readonly afterLoss: string;
}

/** Asks for little, so that the rest stays on the device, then for more; last the device goes. */
export async function holdInPage(wasmPaths: string): Promise<Holding> {
  const devices: GPUDevice[] = [];
  const watched = watch(devices);
  const config = smallConfig({ n_layer: 3, n_positions: 24 });
  const model = randomModel(config, 7);
  const engine = await Engine.open(model, { backend: 'webgpu', wasmPaths, cacheBytes: 200_000 });
  const differences: Record<string, number> = {};
  const check = async (step: string, ids: readonly number[], wants: readonly Want[]) => {
    const answers = await engine.read({ ids, wants });
    wants.forEach((want, i) => {
      const all = forward(model, ids, 'float64').get(
        want.layer === undefined ? want.name : `${want.name}.${want.layer}`,
      ) as ArrayLike<number>;
      const { data } = answers[i] as { data: Float32Array };
      const from = want.position === undefined ? 0 : want.position * data.length;
      let [apart, largest] = [0, 0];
      for (let n = 0; n < data.length; n++) {
        apart = Math.max(apart, Math.abs((data[n] as number) - (all[from + n] as number)));
        largest = Math.max(largest, Math.abs(all[from + n] as number));
      }
      differences[step] = Math.max(differences[step] ?? 0, apart / largest);
    });
  };
  const logits = (position: number): Want => ({ name: 'logits', position });

  const ids = randomIds(config, 6, 1);
  const before = watched.readBack;
  await check('some rows of logits', ids, [logits(1), logits(4)]);
  const readBack = { bytes: watched.readBack - before, asked: 2 * 4 * config.vocab_size };

  const { blocksRun } = engine.stats;
  await check('an activation of it', ids, [{ name: 'resid_post', layer: 1 }]);
  const blocksForMore = engine.stats.blocksRun - blocksRun;
  await check('ln_final and logits', ids, [{ name: 'ln_final' }, logits(5)]);

  const { positionsRun } = engine.stats;
  const grown = [...ids, 3];
  await check('a token more', grown, [logits(6)]);
  const positionsForMore = engine.stats.positionsRun - positionsRun;
  for (let t = 7; t < 20; t++) {
    grown.push(t);
    await check('many tokens more', grown, [logits(t)]);
  }
  await check('another end', [...grown.slice(0, 9), 1, 2], [logits(10), { name: 'k', layer: 2 }]);
  const other = randomIds(config, 5, 2);
  await Promise.all([
    check('two at once', other, [logits(4)]),
    check('two at once', other, [
      { name: 'resid_post', layer: 0 },
      { name: 'v', layer: 1 },
    ]),
  ]);

  const buffers = async (seeds: readonly number[]) => {
    for (const seed of seeds) await check('many prompts', randomIds(config, 9, seed), [logits(8)]);
    return watched.live();
  };
  const seeds = (from: number, n: number) => Array.from({ length: n }, (_, i) => from + i);
  const counts = [await buffers(seeds(100, 30)), await buffers(seeds(200, 60))] as const;

  devices.at(-1)?.destroy();
  await check('after the loss', [...grown, 5], [logits(grown.length)]);
  const afterLoss = engine.backend.name;
  await engine.dispose();
  return {
    differences,
    readBack,
    blocksForMore,
    positionsForMore,
    buffers: counts,
    afterLoss,
  };
}

/** Counts what the processor reads from a device, and the buffers there are. */
function watch(devices: GPUDevice[]) {
  const counts = { readBack: 0, live: () => buffers.size };
  const buffers = new Set<GPUBuffer>();
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
    const device = await requestDevice.call(this, descriptor);
    devices.push(device);
    return device;
  };
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (this: GPUDevice, descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    buffers.add(buffer);
    return buffer;
  };
  const { mapAsync, destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.mapAsync = function (this: GPUBuffer, mode, offset = 0, size = this.size - offset) {
    if (mode & GPUMapMode.READ) counts.readBack += size;
    return mapAsync.call(this, mode, offset, size);
  };
  GPUBuffer.prototype.destroy = function (this: GPUBuffer) {
    buffers.delete(this);
    return destroy.call(this);
  };
  return counts;
}
