import { parentPort, workerData } from 'node:worker_threads';
import { docsSite, type SiteOptions } from './site';

// Runs in a thread of its own, beside webpack; whoever started it ends it when the pages are there.
docsSite(workerData as SiteOptions).then((files) => parentPort?.postMessage(files));
