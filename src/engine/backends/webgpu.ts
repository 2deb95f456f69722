import { End } from '../../end';
import { EngineError, messageOf } from '../errors';
import { exclusiveQueue } from './exclusive';
import type { OrtRuntime } from './runtime';

/** Limits that ORT's kernels profit from; each is raised to what the adapter has. */
const LIMITS = [
  'maxBindGroups',
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
] as const satisfies (keyof GPUSupportedLimits)[];

/** Choices that only tests make differently. */
export interface WebGpuOptions {
  readonly wasmPaths?: string;
  /** Bytes that one buffer may have, where less than the device takes is wished for. */
  readonly largestBuffer?: number;
}

/** One for all devices, the lost ones too, because they share one WebAssembly instance, which bears no overlap. */
const inTurn = exclusiveQueue();

let runtime: Promise<OrtRuntime> | undefined;

/**
 * onnxruntime-web's WebGPU build, on a device of our own: it tells when it is lost, and has the adapter's limits.
 * Set up once; later calls get the same device. A failure, or the loss of the device, is forgotten: the next call tries anew.
 * @throws EngineError when the browser offers no device
 */
export function webgpuRuntime(options: WebGpuOptions): Promise<OrtRuntime> {
  if (!runtime) {
    const forget = () => {
      if (runtime === mine) runtime = undefined;
    };
    const mine = start(options, forget);
    mine.catch(forget);
    runtime = mine;
  }
  return runtime;
}

async function start({ wasmPaths, largestBuffer }: WebGpuOptions, onLost: () => void): Promise<OrtRuntime> {
  const device = await requestDevice();
  const ort = await import('onnxruntime-web/webgpu');
  ort.env.wasm.numThreads = 1; // the processor only holds the reins
  ort.env.wasm.proxy = false;
  if (wasmPaths !== undefined) ort.env.wasm.wasmPaths = wasmPaths;
  ort.env.logLevel = 'error';

  let gone: EngineError | undefined;
  const end = new End();
  device.lost.then(({ message, reason }) => {
    gone = new EngineError(
      'run',
      `the graphics device was lost (${message || reason}); open the model again to go on.`,
    );
    onLost();
    end.come(gone);
  });
  return {
    name: 'webgpu',
    label: 'WebGPU',
    ort,
    device,
    sessionOptions: { executionProviders: [{ name: 'webgpu', device }], logSeverityLevel: 3 },
    largestBuffer:
      largestBuffer ?? Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize),
    // Work on a lost device may end late: its callers hear at once, while the next in line wait for it.
    exclusive: (task) => end.before(inTurn(() => (gone ? Promise.reject(gone) : task()))),
  };
}

async function requestDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new EngineError('run', 'WebGPU: the browser offers no graphics device to this page.');
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  const requiredFeatures = (['subgroups'] as const).filter((feature) => adapter.features.has(feature));
  try {
    return await adapter.requestDevice({ requiredLimits, requiredFeatures });
  } catch (cause) {
    throw new EngineError('run', `WebGPU: the graphics device could not be opened: ${messageOf(cause)}`, {
      cause,
    });
  }
}
