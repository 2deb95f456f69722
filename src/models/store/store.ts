/** Bytes that can be read from any place, whole or while they arrive. */
export interface ByteSource {
  /** Bytes in all; unknown while they arrive from a server that does not say. */
  readonly size: number | undefined;
  /**
   * A copy of the bytes from `begin` to before `end`.
   * @param into where to put them, as long as they are; a buffer of their own unless given, or where it cannot be
   */
  read(begin: number, end: number, into?: Uint8Array): Promise<Uint8Array>;
  /** Settles when those bytes can be read at once; missing where all can. */
  here?(begin: number, end: number): Promise<void>;
}

/** Bytes that are all there. */
export interface WholeBytes extends ByteSource {
  readonly size: number;
}

/** A file open for writing, by one at a time. */
export interface StoreFile {
  readonly size: number;
  /** Fills `into` from `at` on. @returns how many bytes there were */
  read(into: Uint8Array, at: number): number;
  /** Writes all of `bytes`. @throws LibraryError `full` where they do not fit */
  write(bytes: Uint8Array, at: number): void;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

export interface StoreEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** Where models are kept: folders and files. Paths are parts joined by `/`. */
export interface Store {
  readonly kind: 'disk' | 'memory';
  /** Opens a file for writing; makes it and its folders where there are none. */
  write(path: string): Promise<StoreFile>;
  /** A file to read; undefined where there is none. */
  read(path: string): Promise<WholeBytes | undefined>;
  /** What a folder holds; nothing where there is none. */
  list(folder: string): Promise<StoreEntry[]>;
  /** Deletes a file or a folder with all that is in it; does nothing where there is none. */
  remove(path: string): Promise<void>;
}

export async function readText(store: Store, path: string): Promise<string | undefined> {
  const file = await store.read(path);
  return file && new TextDecoder().decode(await file.read(0, file.size));
}

export async function writeText(store: Store, path: string, text: string): Promise<void> {
  const file = await store.write(path);
  try {
    file.truncate(0);
    file.write(new TextEncoder().encode(text), 0);
    file.flush();
  } finally {
    file.close();
  }
}
