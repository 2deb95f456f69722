import { type Remote, wrap } from 'comlink';
import type { Converter } from './worker';

/** The worker's script did not load, or it has died. */
export class ConverterLost extends Error {}

/**
 * Reads or writes a file in a worker of its own.
 *
 * @throws the signal's reason, when it is aborted meanwhile: the worker is ended
 * @throws ConverterLost when the worker ended by itself, as it does when the browser has no memory left
 */
export async function convert<T>(
  run: (converter: Remote<Converter>) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    name: 'workbench-file',
    type: 'module',
  });
  const end = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(new ConverterLost(event.message));
    });
  });
  try {
    return await Promise.race([run(wrap<Converter>(worker)), end]);
  } finally {
    worker.terminate();
  }
}
