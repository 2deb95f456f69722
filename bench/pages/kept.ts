import * as Comlink from 'comlink';
import type { KeptWorker } from './kept-worker';

async function inWorker<T>(run: (worker: Comlink.Remote<KeptWorker>) => Promise<T>): Promise<T> {
  const worker = new Worker(new URL('kept-worker.js', document.baseURI), { type: 'module' });
  try {
    return await run(Comlink.wrap<KeptWorker>(worker));
  } finally {
    worker.terminate();
  }
}

/** Fetching a file, keeping it on the disk and hashing it in a thread of its own → milliseconds. */
export const keepAndHash = (url: string): Promise<number> =>
  inWorker((worker) => worker.keepAndHash(new URL(url, document.baseURI).href));

/** Finding so many bytes of memory that nobody has used → milliseconds. */
export const findMemory = (bytes: number): Promise<number> =>
  inWorker(async (worker) => worker.findMemory(bytes));

/** Fetching a model's weights, keeping them on the disk and making sessions of them, with no hash → milliseconds. */
export const keepAndPrepare = (folder: string, threads: number): Promise<number> =>
  inWorker((worker) =>
    worker.keepAndPrepare(
      new URL(folder, document.baseURI).href,
      new URL('ort/', document.baseURI).href,
      threads,
    ),
  );
