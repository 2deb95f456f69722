import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../build/serve.js';

const { url } = await serve(workerData);
parentPort.postMessage(url);
