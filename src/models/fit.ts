import type { Config } from '../gpt2/config';
import type { Device, Fit } from './api';
import { embeddingBytes, largestInBlock, memoryNeed } from './memory';
import { messages } from './messages';

/** WebAssembly addresses its memory with 32 bits. */
const WASM_BYTES = 2 ** 32;

/** Copies of what is being read, and gaps between what is held, as a part of the weights: so much was measured of 124M and of xl. */
const SPARE = 1 / 8;

/** `navigator.deviceMemory` is rounded down, and capped at one of these: such a device may have any amount more. */
const CAPS_GIB = [8, 32];

/**
 * Whether a device can hold a model, for each way of computing, the fastest first. All compute in float32, whatever the file has.
 * The embedding, with which every pass begins, is kept beside the back end's own copy.
 */
export function fits(config: Config, device: Device, tied = true): Fit[] {
  const { total, weights } = memoryNeed(config, tied);
  const inside = total + SPARE * weights;
  const needed = inside + embeddingBytes(config);
  return [gpu(config, device, needed), wasm(device, needed, inside), reference(device, total)];
}

type Verdict = Pick<Fit, 'verdict' | 'reason'>;

function gpu(config: Config, device: Device, needed: number): Fit {
  const largest = largestInBlock(config);
  const limit = device.gpu && Math.min(device.gpu.maxBufferSize, device.gpu.maxStorageBufferBindingSize);
  const found: Verdict =
    limit === undefined
      ? { verdict: 'no', reason: messages.fit.noGpu }
      : largest > limit
        ? { verdict: 'no', reason: messages.fit.gpuNo(largest, limit) }
        : unlessTight(memory(device, needed), {
            verdict: 'perhaps',
            reason: messages.fit.gpuUnknown(needed),
          });
  return { backend: 'webgpu', precision: 'float32', ...found };
}

/** @param inside what WebAssembly itself is to hold: in one memory, or in several where workers can be started for them */
function wasm(device: Device, needed: number, inside: number): Fit {
  const found: Verdict =
    inside > WASM_BYTES && !device.workers
      ? { verdict: 'no', reason: messages.fit.wasmNo(inside) }
      : memory(device, needed);
  return { backend: 'wasm', precision: 'float32', ...found };
}

function reference(device: Device, needed: number): Fit {
  const { verdict, reason } = memory(device, needed);
  return { backend: 'reference', precision: 'float32', verdict, reason: `${reason} ${messages.fit.slow}` };
}

const unlessTight = (found: Verdict, otherwise: Verdict): Verdict =>
  found.verdict === 'no' ? found : otherwise;

/** What the device's memory says. A browser and the system want some of it, too: half of it is taken to be free. */
function memory({ memory: gib }: Device, needed: number): Verdict {
  if (gib === undefined) {
    // Every device that runs such a browser has this much.
    if (needed < 2 ** 28) return { verdict: 'yes', reason: messages.fit.fine(needed) };
    return { verdict: 'perhaps', reason: messages.fit.memoryUnknown(needed) };
  }
  const bytes = gib * 2 ** 30;
  if (needed <= bytes / 2) return { verdict: 'yes', reason: messages.fit.fine(needed) };
  if (needed <= bytes || CAPS_GIB.includes(gib)) {
    return { verdict: 'perhaps', reason: messages.fit.memoryTight(needed, bytes) };
  }
  return { verdict: 'no', reason: messages.fit.memoryNo(needed, bytes) };
}
