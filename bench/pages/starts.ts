import * as Comlink from 'comlink';
import type { StartsWorker } from './starts-worker';

/** ONNX Runtime in a worker, up to its first session, and nothing else → milliseconds since the navigation. */
export async function ortStarts(threads: number): Promise<number> {
  const worker = new Worker(new URL('starts-worker.js', document.baseURI), { type: 'module' });
  await Comlink.wrap<StartsWorker>(worker).start(new URL('ort/', document.baseURI).href, threads);
  return performance.now();
}
