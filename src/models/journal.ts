import { createXXHash64, type IHasher } from 'hash-wasm';
import { Parts, type Range } from './parts';
import { readText, type Store, type StoreFile } from './store/store';

/** Bytes that were written to a file, and their XXH64. */
export interface Entry extends Range {
  readonly hash: string;
}

/** Where the journal of a file lies. */
export const journalPath = (path: string): string => `${path}.parts`;

/**
 * Notes which parts of a file have been written, where they do not come from first to last. It lies beside the file, a
 * line for each piece: `<begin> <end> <XXH64>`. A piece counts if its line is there and its bytes still have that
 * hash: a device that loses power may keep the one without the other.
 */
export class Journal {
  /** What it held when it was opened, in the order of the file. */
  readonly entries: readonly Entry[];
  readonly #file: StoreFile;
  readonly #hash: IHasher;
  #end: number;

  private constructor(file: StoreFile, hash: IHasher) {
    this.#file = file;
    this.#hash = hash;
    const bytes = new Uint8Array(file.size);
    const text = new TextDecoder().decode(bytes.subarray(0, file.read(bytes, 0)));
    this.entries = parse(text);
    // Lines are ASCII, so that characters are bytes; a line that was cut short is written over.
    this.#end = text.lastIndexOf('\n') + 1;
    file.truncate(this.#end);
  }

  static async open(store: Store, path: string): Promise<Journal> {
    const hash = await createXXHash64();
    return new Journal(await store.write(journalPath(path)), hash);
  }

  /** Notes bytes that have just been written at `begin`. */
  add(bytes: Uint8Array, begin: number): void {
    const line = `${begin} ${begin + bytes.length} ${this.#hashOf(bytes)}\n`;
    this.#file.write(new TextEncoder().encode(line), this.#end);
    this.#end += line.length;
  }

  /** Whether these are the bytes that were noted. */
  isRight({ begin, end, hash }: Entry, bytes: Uint8Array): boolean {
    return bytes.length === end - begin && this.#hashOf(bytes) === hash;
  }

  clear(): void {
    this.#file.truncate(0);
    this.#end = 0;
  }

  flush(): void {
    this.#file.flush();
  }

  close(): void {
    this.#file.close();
  }

  #hashOf(bytes: Uint8Array): string {
    return this.#hash.init().update(bytes).digest('hex');
  }
}

/** What a journal says is there, without a look at the bytes themselves. */
export async function recorded(store: Store, path: string): Promise<Parts> {
  const parts = new Parts();
  for (const { begin, end } of parse((await patiently(() => readText(store, journalPath(path)))) ?? '')) {
    parts.add(begin, end);
  }
  return parts;
}

function parse(text: string): Entry[] {
  const entries: Entry[] = [];
  for (const [, begin, end, hash] of text.matchAll(/^(\d{1,15}) (\d{1,15}) ([0-9a-f]{16})\n/gm)) {
    if (Number(begin) < Number(end)) {
      entries.push({ begin: Number(begin), end: Number(end), hash: hash as string });
    }
  }
  return entries.sort((a, b) => a.begin - b.begin);
}

const PATIENCE = 20;

/** A browser refuses to read on where another tab has just written to the file. */
async function patiently(read: () => Promise<string | undefined>): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      if ((error as Error).name !== 'NotReadableError' || attempt === PATIENCE) throw error;
      await new Promise((done) => setTimeout(done, attempt));
    }
  }
}
