import type { HubRef, Library } from '../../../src/models/api';
import type { LibraryError } from '../../../src/models/errors';
import { openLibrary } from '../../../src/models/open-library';

/** What the page asks for; `open` answers with hashes of the numbers rather than with the numbers. */
export interface Call {
  readonly id: number;
  readonly method:
    | 'start'
    | 'storage'
    | 'download'
    | 'resume'
    | 'list'
    | 'remove'
    | 'open'
    | 'abort'
    | 'limit';
  readonly argument: unknown;
}

const stop = new AbortController();
let library: Library | undefined;

const answers: Record<Call['method'], (argument: never) => unknown> = {
  async start(sources: string[]) {
    library = await openLibrary({ base: location.href, sources, net: { retryMs: [20], stallMs: 20_000 } });
  },
  storage: () => library?.storage,
  download: (ref: HubRef) => library?.download(ref, watch()),
  resume: (key: string) => library?.resume(key, watch()),
  list: () => library?.list(),
  remove: (key: string) => library?.remove(key),
  async open(key: string) {
    const { weights, sha256 } = (await library?.open(key, watch())) ?? {};
    const hashes: Record<string, string> = {};
    for (const name of weights?.names ?? []) {
      const digest = await crypto.subtle.digest('SHA-256', weights?.get(name) as Float32Array<ArrayBuffer>);
      hashes[name] = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(
        '',
      );
    }
    return { sha256, hashes };
  },
  abort: () => stop.abort(),
  limit,
};

interface SyncHandle {
  write(bytes: Uint8Array, options: { at: number }): number;
}
const handles = (globalThis as unknown as { FileSystemSyncAccessHandle: { prototype: SyncHandle } })
  .FileSystemSyncAccessHandle.prototype;
const { write } = handles;

/** Makes the browser give so much room, as it says or without saying so; or as much as it has. */
function limit({ said, written }: { said?: number; written?: number }): void {
  const { storage } = navigator;
  if (said === undefined) Reflect.deleteProperty(storage, 'estimate');
  else storage.estimate = async () => ({ quota: said, usage: 0 });
  handles.write = function (bytes, options) {
    if (written !== undefined && options.at + bytes.length > written) {
      throw new DOMException('The operation failed because it would exceed the quota.', 'QuotaExceededError');
    }
    return write.call(this, bytes, options);
  };
}

const watch = () => ({ signal: stop.signal, onProgress: (progress: unknown) => postMessage({ progress }) });

addEventListener('message', async ({ data: { id, method, argument } }: MessageEvent<Call>) => {
  try {
    postMessage({ id, value: await answers[method](argument as never) });
  } catch (error) {
    const { name, message, code } = error as LibraryError;
    postMessage({ id, error: { name, message, code } });
  }
});
