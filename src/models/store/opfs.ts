import { LibraryError } from '../errors';
import { messages } from '../messages';
import { readingBytes } from './reading';
import type { Store, StoreEntry, StoreFile, WholeBytes } from './store';

/** What only workers have, and TypeScript's library for pages does not know. */
interface SyncHandle {
  getSize(): number;
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}
type WritableHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> };
type Listed = AsyncIterable<[string, FileSystemHandle]>;

/** A tab that has just been closed may hold its files for a moment. */
const PATIENCE_MS = 5000;

/** What is read of a file as large as this is worth opening it; a smaller one is soon written anew. */
const LARGE_BYTES = 1 << 23;

/** The browser's own disk for this site. Works in workers only. */
export class OpfsStore implements Store {
  readonly kind = 'disk';
  readonly #root: FileSystemDirectoryHandle;

  constructor(root: FileSystemDirectoryHandle) {
    this.#root = root;
  }

  async write(path: string): Promise<StoreFile> {
    const { folder, name } = split(path);
    try {
      const directory = (await this.#folder(folder, true)) as FileSystemDirectoryHandle;
      const handle = (await directory.getFileHandle(name, { create: true })) as WritableHandle;
      return new OpfsFile(name, await patiently(() => handle.createSyncAccessHandle()));
    } catch (error) {
      throw storageError(name, error);
    }
  }

  async read(path: string): Promise<WholeBytes | undefined> {
    const { folder, name } = split(path);
    const directory = await this.#folder(folder, false);
    const handle = await directory?.getFileHandle(name).catch(absent);
    const blob = handle && blobBytes(await handle.getFile());
    return handle && blob && blob.size >= LARGE_BYTES ? readingBytes(handle, blob) : blob;
  }

  async list(folder: string): Promise<StoreEntry[]> {
    const directory = await this.#folder(folder, false);
    const entries: StoreEntry[] = [];
    if (!directory) return entries;
    for await (const [name, { kind }] of directory as unknown as Listed) {
      entries.push({ name, kind: kind === 'directory' ? 'folder' : 'file' });
    }
    return entries;
  }

  async remove(path: string): Promise<void> {
    const { folder, name } = split(path);
    const directory = await this.#folder(folder, false);
    await patiently(async () => directory?.removeEntry(name, { recursive: true }).catch(absent)).catch(
      (error) => {
        throw storageError(name, error);
      },
    );
  }

  async #folder(path: string, create: boolean): Promise<FileSystemDirectoryHandle | undefined> {
    let directory: FileSystemDirectoryHandle | undefined = this.#root;
    for (const part of path.split('/').filter(Boolean)) {
      directory = await directory?.getDirectoryHandle(part, { create }).catch(create ? fail : absent);
    }
    return directory;
  }
}

class OpfsFile implements StoreFile {
  readonly #name: string;
  readonly #handle: SyncHandle;

  constructor(name: string, handle: SyncHandle) {
    this.#name = name;
    this.#handle = handle;
  }

  get size(): number {
    return this.#handle.getSize();
  }

  read(into: Uint8Array, at: number): number {
    return this.#guard(() => this.#handle.read(into, { at }));
  }

  write(bytes: Uint8Array, at: number): void {
    this.#guard(() => {
      let written = 0;
      while (written < bytes.length) {
        const count = this.#handle.write(bytes.subarray(written), { at: at + written });
        if (count === 0) throw new LibraryError('full', messages.full(this.#name, undefined));
        written += count;
      }
    });
  }

  truncate(size: number): void {
    this.#guard(() => this.#handle.truncate(size));
  }

  flush(): void {
    this.#guard(() => this.#handle.flush());
  }

  close(): void {
    this.#handle.close();
  }

  #guard<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw storageError(this.#name, error);
    }
  }
}

/** A blob, a file on this computer among them, as bytes. */
export const blobBytes = (blob: Blob): WholeBytes => ({
  size: blob.size,
  read: async (begin, end) => new Uint8Array(await blob.slice(begin, end).arrayBuffer()),
});

/** The browser's storage, or why there is none. */
export async function openOpfs(): Promise<{ store: OpfsStore } | { reason: string }> {
  const reachable = 'FileSystemFileHandle' in globalThis && navigator.storage?.getDirectory;
  if (reachable && !('createSyncAccessHandle' in FileSystemFileHandle.prototype)) {
    return { reason: messages.noWorkerFiles };
  }
  try {
    return { store: new OpfsStore(await navigator.storage.getDirectory()) };
  } catch {
    return { reason: messages.noDisk };
  }
}

async function patiently<T>(run: () => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if ((error as Error).name !== 'NoModificationAllowedError' || Date.now() > until) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

function storageError(name: string, error: unknown): unknown {
  if (error instanceof LibraryError || !(error instanceof Error)) return error;
  if (error.name === 'QuotaExceededError') return new LibraryError('full', messages.full(name, undefined));
  if (error.name === 'NoModificationAllowedError') return new LibraryError('locked', messages.inUse(name));
  return new LibraryError('storage', messages.storage(name, error.message));
}

const absent = (error: unknown): undefined => {
  if ((error as Error).name !== 'NotFoundError') throw error;
  return undefined;
};

const fail = (error: unknown): never => {
  throw error;
};

function split(path: string): { folder: string; name: string } {
  const at = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(0, at)), name: path.slice(at + 1) };
}
