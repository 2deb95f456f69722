import type { Store, StoreEntry, StoreFile, WholeBytes } from './store';

const BLOCK = 1 << 20;

/** A file in memory, in blocks, so that it grows without being copied. */
export class MemoryFile implements StoreFile {
  readonly #blocks: Uint8Array[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  read(into: Uint8Array, at: number): number {
    const count = Math.max(0, Math.min(into.length, this.#size - at));
    this.#pieces(at, count, (block, done) => into.set(block, done));
    return count;
  }

  write(bytes: Uint8Array, at: number): void {
    const end = at + bytes.length;
    while (this.#blocks.length * BLOCK < end) this.#blocks.push(new Uint8Array(BLOCK));
    this.#pieces(at, bytes.length, (block, done) => block.set(bytes.subarray(done, done + block.length)));
    this.#size = Math.max(this.#size, end);
  }

  truncate(size: number): void {
    this.#blocks.length = Math.min(this.#blocks.length, Math.ceil(size / BLOCK));
    this.#size = Math.min(this.#size, size);
  }

  flush(): void {}
  close(): void {}

  #pieces(at: number, count: number, see: (block: Uint8Array, done: number) => void): void {
    for (let done = 0; done < count; ) {
      const offset = (at + done) % BLOCK;
      const length = Math.min(count - done, BLOCK - offset);
      const block = this.#blocks[Math.floor((at + done) / BLOCK)] as Uint8Array;
      see(block.subarray(offset, offset + length), done);
      done += length;
    }
  }
}

/** A store that is lost with the page: for private windows, for the built-in model, and for tests. */
export class MemoryStore implements Store {
  readonly kind = 'memory';
  readonly #files = new Map<string, MemoryFile>();

  async write(path: string): Promise<StoreFile> {
    const file = this.#files.get(path) ?? new MemoryFile();
    this.#files.set(path, file);
    return file;
  }

  async read(path: string): Promise<WholeBytes | undefined> {
    const file = this.#files.get(path);
    if (!file) return undefined;
    return {
      size: file.size,
      async read(begin, end, into) {
        const bytes = into ?? new Uint8Array(end - begin);
        return bytes.subarray(0, file.read(bytes, begin));
      },
    };
  }

  async list(folder: string): Promise<StoreEntry[]> {
    const entries = new Map<string, StoreEntry>();
    for (const path of this.#files.keys()) {
      if (!path.startsWith(`${folder}/`)) continue;
      const [name, ...rest] = path.slice(folder.length + 1).split('/') as [string, ...string[]];
      entries.set(name, { name, kind: rest.length > 0 ? 'folder' : 'file' });
    }
    return [...entries.values()];
  }

  async remove(path: string): Promise<void> {
    for (const name of [...this.#files.keys()]) {
      if (name === path || name.startsWith(`${path}/`)) this.#files.delete(name);
    }
  }
}
