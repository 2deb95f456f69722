import { once } from 'node:events';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { bench } from './places';

/**
 * The project's own static server, in a thread of its own: it makes much garbage, and whoever collects that in the bench's thread has
 * all that the bench holds to look through, which takes processor time from those who are measured.
 */
export async function serve(folder: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const thread = new Worker(resolve(bench, 'server-thread.js'), { workerData: { folder } });
  const [url] = (await once(thread, 'message')) as [string];
  return { url, close: async () => void (await thread.terminate()) };
}
