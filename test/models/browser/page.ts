import type { DownloadProgress } from '../../../src/models/api';
import { keepModels, readDevice } from '../../../src/models/device';
import { openLibrary } from '../../../src/models/open-library';
import type { Call } from './worker';

/** How a call in the worker ended. */
export interface Answer {
  readonly value?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly code?: string };
}

const worker = new Worker('worker.js');
const waiting = new Map<number, (answer: Answer) => void>();
let last = 0;

/** What tests call in the page. */
const modelsPage = {
  progress: [] as DownloadProgress[],
  call(method: Call['method'], argument?: unknown): Promise<Answer> {
    const id = ++last;
    worker.postMessage({ id, method, argument } satisfies Call);
    return new Promise((done) => waiting.set(id, done));
  },
  /** The page itself may not write files bit by bit. */
  async storageHere() {
    const { storage } = await openLibrary({ base: location.href });
    return storage;
  },
  readDevice,
  keepModels,
};

worker.addEventListener('message', ({ data }) => {
  if (data.progress) modelsPage.progress.push(data.progress);
  else waiting.get(data.id)?.(data);
});

declare global {
  interface Window {
    modelsPage: typeof modelsPage;
  }
}

window.modelsPage = modelsPage;
