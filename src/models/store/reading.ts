import type { WholeBytes } from './store';

/** What only workers have, of a file that several may read at a time. */
interface ReadHandle {
  readonly mode?: string;
  getSize(): number;
  read(into: Uint8Array, options: { at: number }): number;
  close(): void;
}
type ReadableHandle = FileSystemFileHandle & {
  createSyncAccessHandle?(options: { mode: 'read-only' }): Promise<ReadHandle>;
};

/** A file that is open cannot be deleted, so it is closed when nobody has read of it for so long. */
const IDLE_MS = 300;

/**
 * A large file of the browser's disk, read without a way through another process, and into memory of the reader's. Where the
 * browser cannot open a file for several readers, or somebody is just writing to it, it is read as a blob.
 */
export function readingBytes(file: FileSystemFileHandle, blob: WholeBytes): WholeBytes {
  let opening: Promise<ReadHandle | undefined> | undefined;
  let closing: ReturnType<typeof setTimeout> | undefined;
  let readers = 0;

  const close = async () => {
    const handle = opening;
    opening = undefined;
    (await handle)?.close();
  };
  /** Runs `use` while the file is open, and for a while keeps it open for the next. */
  async function whileOpen<T>(use: (handle: ReadHandle | undefined) => T): Promise<T> {
    clearTimeout(closing);
    readers++;
    try {
      opening ??= openFile(file, blob.size);
      return use(await opening);
    } finally {
      readers--;
      if (readers === 0) closing = setTimeout(close, IDLE_MS);
    }
  }

  return {
    size: blob.size,
    async read(begin, end, into) {
      const bytes = await whileOpen((handle) => {
        if (!handle) return undefined;
        const room = into ?? new Uint8Array(end - begin);
        try {
          return room.subarray(0, handle.read(room, { at: begin }));
        } catch {
          return undefined; // the blob says what is wrong with the file
        }
      });
      return bytes ?? blob.read(begin, end);
    },
  };
}

/** @returns undefined where it cannot be opened for several, or is not what it was */
async function openFile(file: ReadableHandle, size: number): Promise<ReadHandle | undefined> {
  const handle = await file.createSyncAccessHandle?.({ mode: 'read-only' }).catch(() => undefined);
  // A browser that knows no modes opens it for one alone.
  if (!handle || (handle.mode === 'read-only' && handle.getSize() === size)) return handle;
  handle.close();
  return undefined;
}
