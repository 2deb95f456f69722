import type { BackendName } from '../api';

/** What the choice of a back end depends on; tests describe other machines with it. */
export interface Surroundings {
  readonly gpu?: Pick<GPU, 'requestAdapter'>;
  readonly crossOriginIsolated: boolean;
  /** Processors that the browser owns up to. */
  readonly processors: number;
}

/** One back end to try. */
export interface Candidate {
  readonly name: BackendName;
  /** Threads to run on. */
  readonly threads: number;
  /** One sentence for people: what runs, and why. */
  readonly reason: string;
}

/** More threads than this gain a model of GPT-2's size little, and leave the machine to others. */
const MOST_THREADS = 4;

/** Where this code finds itself. */
export const surroundings = (): Surroundings => {
  const here = globalThis as {
    navigator?: { gpu?: GPU; hardwareConcurrency?: number };
    crossOriginIsolated?: boolean;
    Worker?: unknown;
  };
  return {
    gpu: here.navigator?.gpu,
    crossOriginIsolated: (here.crossOriginIsolated ?? false) && here.Worker !== undefined, // threads are workers
    processors: here.navigator?.hardwareConcurrency ?? 1,
  };
};

/**
 * Back ends in the order in which to try them: WebGPU, WebAssembly with threads, WebAssembly without, plain JavaScript;
 * or the one that is preferred, alone.
 * @param threads how many to run on, where the caller knows better
 */
export async function candidates(
  preference: BackendName | 'best',
  threads?: number,
  where: Surroundings = surroundings(),
): Promise<Candidate[]> {
  const asked = 'it was asked for';
  const gpu = await lookForGpu(where);
  const webgpu = (why: string): Candidate => ({ name: 'webgpu', threads: 1, reason: `WebGPU: ${why}.` });
  const reference = (why: string): Candidate => ({
    name: 'reference',
    threads: 1,
    reason: `Plain JavaScript, slow: ${why}.`,
  });
  switch (preference) {
    case 'webgpu':
      return [webgpu(asked)];
    case 'wasm':
      return [wasm(where, asked, threads)];
    case 'reference':
      return [reference(asked)];
    default:
      return [
        ...(gpu.usable ? [webgpu(gpu.why)] : []),
        wasm(where, gpu.usable ? '' : gpu.why, threads),
        reference('nothing faster works in this browser'),
      ];
  }
}

function wasm(where: Surroundings, why: string, threads?: number): Candidate {
  const count = threads ?? (where.crossOriginIsolated ? Math.min(where.processors, MOST_THREADS) : 1);
  const many = count > 1 ? `${count} threads` : 'one thread';
  const lack =
    threads !== undefined
      ? ''
      : !where.crossOriginIsolated
        ? 'this page is not cross-origin isolated, which threads need'
        : count === 1
          ? 'this device shows one processor'
          : '';
  const reason =
    [why, lack].filter(Boolean).join('; ') ||
    (count > 1 ? 'this page may use threads' : 'it works everywhere');
  return { name: 'wasm', threads: count, reason: `WebAssembly, ${many}: ${reason}.` };
}

async function lookForGpu({ gpu }: Surroundings): Promise<{ usable: boolean; why: string }> {
  if (!gpu) return { usable: false, why: 'this browser has no WebGPU' };
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (!adapter) return { usable: false, why: 'WebGPU finds no graphics processor here' };
  if (adapter.info?.isFallbackAdapter) {
    return { usable: false, why: 'WebGPU is only emulated here, which is slower' };
  }
  return { usable: true, why: 'this device has a graphics processor that the browser lets this page use' };
}
