import * as Comlink from 'comlink';
import type { GpuCounts, GpuWorker } from './gpu-worker';

/** What the device is asked for: to open the model, for the pass over a prompt, and for each token behind it. */
export interface GpuReport {
  readonly opening: GpuCounts;
  readonly prompt: GpuCounts;
  readonly token: GpuCounts;
}

export async function countGpu(
  model: string,
  prompt: readonly number[],
  tokens: readonly number[],
): Promise<GpuReport> {
  const worker = new Worker(new URL('gpu-worker.js', document.baseURI), { type: 'module' });
  const remote = Comlink.wrap<GpuWorker>(worker);
  await remote.open(model, new URL('ort/', document.baseURI).href);
  const opening = await remote.counts();
  await remote.read(prompt);
  await remote.read([...prompt, ...tokens.slice(0, 1)]); // the first token of its kind compiles kernels
  const before = await remote.counts();
  for (let i = 1; i < tokens.length; i++) await remote.read([...prompt, ...tokens.slice(0, i + 1)]);
  const after = await remote.counts();
  worker.terminate();
  const count = tokens.length - 1;
  return { opening, prompt: minus(before, opening, 1), token: minus(after, before, count) };
}

const minus = (a: GpuCounts, b: GpuCounts, count: number): GpuCounts =>
  Object.fromEntries(
    Object.entries(a).map(([name, value]) => [name, (value - b[name as keyof GpuCounts]) / count]),
  ) as unknown as GpuCounts;
