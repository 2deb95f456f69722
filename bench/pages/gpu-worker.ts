import * as Comlink from 'comlink';
import { Engine } from '../../src/engine/engine';
import { parseConfig } from '../../src/gpt2/config';
import { readWeights } from '../../src/gpt2/weights';

/** What was asked of the graphics device. */
export interface GpuCounts {
  readonly dispatches: number;
  /** Bytes written to the device by the processor, weights at opening among them. */
  readonly written: number;
  /** Bytes copied on the device from one buffer to another. */
  readonly copied: number;
  /** Bytes mapped for the processor to read. */
  readonly readBack: number;
  readonly submits: number;
  /** Bytes of buffers that were made and not destroyed. */
  readonly held: number;
}

const counts = { dispatches: 0, written: 0, copied: 0, readBack: 0, submits: 0, held: 0 };

/** Counts what goes through a method before it goes on as ever. */
function before<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
  count: (self: T, args: unknown[]) => void,
) {
  const original = prototype[name] as (...args: unknown[]) => unknown;
  prototype[name] = function (this: T, ...args: unknown[]) {
    count(this, args);
    return original.apply(this, args);
  } as T[K];
}

function countAll(): void {
  before(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => counts.dispatches++);
  before(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', () => counts.dispatches++);
  before(GPUQueue.prototype, 'submit', () => counts.submits++);
  before(GPUQueue.prototype, 'writeBuffer', (_, [, , data, , size]) => {
    counts.written += (size as number | undefined) ?? (data as ArrayBufferView).byteLength;
  });
  before(GPUCommandEncoder.prototype, 'copyBufferToBuffer', (_, args) => {
    counts.copied += (args.length > 3 ? args[4] : (args[0] as GPUBuffer).size) as number;
  });
  before(GPUBuffer.prototype, 'mapAsync', (self, [mode, offset = 0, size]) => {
    if ((mode as number) & GPUMapMode.READ)
      counts.readBack += (size as number | undefined) ?? self.size - (offset as number);
  });
  const live = new Map<GPUBuffer, number>();
  const create = GPUDevice.prototype.createBuffer;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = create.call(this, descriptor);
    live.set(buffer, descriptor.size);
    counts.held += descriptor.size;
    // Filled while it is made: bytes that the processor writes without the queue.
    if (descriptor.mappedAtCreation) counts.written += descriptor.size;
    return buffer;
  };
  before(GPUBuffer.prototype, 'destroy', (self) => {
    counts.held -= live.get(self) ?? 0;
    live.delete(self);
  });
}

let engine: Engine;
const read = async (ids: readonly number[]) => {
  await engine.read({ ids, wants: [{ name: 'logits', position: ids.length - 1 }] });
};

const worker = {
  async open(model: string, wasmPaths: string): Promise<void> {
    countAll();
    const config = parseConfig(await (await fetch(`${model}/config.json`)).json());
    const bytes = new Uint8Array(await (await fetch(`${model}/model.safetensors`)).arrayBuffer());
    engine = await Engine.open(
      { config, weights: readWeights(config, bytes) },
      { backend: 'webgpu', wasmPaths },
    );
  },
  async read(ids: readonly number[]): Promise<void> {
    await read(ids);
  },
  counts: (): GpuCounts => ({ ...counts }),
};
export type GpuWorker = typeof worker;
Comlink.expose(worker);
