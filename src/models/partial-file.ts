import type { ContentHash, FileRecord } from './api';
import { LibraryError } from './errors';
import { type ArrivalHash, type Hashing, HashLost, hashHere, hashing, type MakeHash } from './hash';
import { Hurry } from './hurry';
import type { Journal } from './journal';
import { messages } from './messages';
import { Parts } from './parts';
import type { StoreFile } from './store/store';

/** Hears how far a file is read and hashed, and may throw to end it. */
export type OnChecked = (bytes: number) => void;

/**
 * Written bytes are forced to the disk when there are so many of them, but not more often than this: while they come fast, that would stop
 * whoever waits for their numbers for a tenth of the time. What a device has not kept when it loses power, the journal tells, and it is fetched again.
 */
const FLUSH_BYTES = 1 << 26;
const FLUSH_MS = 5000;

/** How much of a file is read before others have their turn. */
const SLICE_BYTES = 1 << 22;

/**
 * A file that arrives: its bytes, which of them are there, and a hash of those before the first that is missing.
 * With a journal, the parts may come in any order, and what is in the journal is there; without one, the file grows
 * from its first byte to its last, and what it has is there.
 */
export class PartialFile {
  readonly parts = new Parts();
  readonly #record: FileRecord;
  readonly #file: StoreFile;
  readonly #journal: Journal | undefined;
  #sha256: ArrivalHash;
  readonly #hurry = new Hurry();
  readonly #own: Hashing | undefined;
  #hashed = 0;
  #unflushed = 0;
  #flushed = performance.now();

  private constructor(
    record: FileRecord,
    file: StoreFile,
    journal: Journal | undefined,
    sha256: ArrivalHash,
    own: Hashing | undefined,
  ) {
    this.#record = record;
    this.#file = file;
    this.#journal = journal;
    this.#sha256 = sha256;
    this.#own = own;
  }

  /** Reads what is there, and trusts nothing else. */
  static async open(
    record: FileRecord,
    file: StoreFile,
    journal: Journal | undefined,
    onChecked: (parts: Parts) => void,
    makeHash: MakeHash = hashHere,
  ): Promise<PartialFile> {
    const { hash, size } = record;
    const own = hash?.algorithm === 'git-sha1' ? await hashing('git-sha1', size) : undefined;
    const partial = new PartialFile(record, file, journal, await makeHash(), own);
    if (size !== undefined && file.size > size) partial.discard();
    const tell = () => onChecked(partial.parts);
    try {
      if (journal) await partial.#trust(journal, tell);
      else await partial.#grow(tell);
    } catch (error) {
      partial.close();
      throw error;
    }
    return partial;
  }

  /** Writes what is missing of some bytes that begin at `at`. */
  write(bytes: Uint8Array, at: number): void {
    this.#hurry.came(bytes.length);
    for (const { begin, end } of this.parts.missing(at, at + bytes.length)) {
      const piece = bytes.subarray(begin - at, end - at);
      this.#file.write(piece, begin);
      this.#journal?.add(piece, begin);
      this.parts.add(begin, end);
      this.#hash(piece, begin);
      this.#unflushed += piece.length;
    }
    if (this.#sha256.apart) this.#catchUp();
    if (this.#unflushed > FLUSH_BYTES && performance.now() - this.#flushed > FLUSH_MS) this.#flush();
  }

  /** Hashes what is there up to the first byte that is missing: what came before its turn, or faster than it was hashed. */
  async hashOn(onChecked: OnChecked): Promise<void> {
    this.#hurry.over();
    await this.#unlessLost(() => this.#readOn(onChecked));
  }

  /** @throws LibraryError `wrong` when the whole file is not what the record says; then it is empty */
  async end(server: string): Promise<{ size: number; sha256: string }> {
    const { path, hash, size } = this.#record;
    const got = this.#hashed;
    if (size !== undefined && got !== size) {
      this.discard();
      throw new LibraryError('wrong', messages.wrongSize(path, server, size, got));
    }
    const sha256 = await this.#unlessLost(async () => {
      await this.#readOn(() => {});
      return this.#sha256.digest();
    });
    const found = this.#own?.digest() ?? sha256;
    if (hash && found !== hash.value) {
      this.discard();
      const kind = NAMES[hash.algorithm];
      throw new LibraryError('wrong', messages.wrongHash(path, server, kind, hash.value, found));
    }
    this.#flush();
    return { size: got, sha256 };
  }

  /** Gives back what it hashes with; the file itself is closed by whoever opened it. */
  close(): void {
    this.#sha256.close();
  }

  /** Empties the file. The journal goes first: it must not tell of bytes that are gone. */
  discard(): void {
    this.#journal?.clear();
    this.#file.truncate(0);
    this.parts.clear();
    this.#sha256.restart();
    this.#own?.restart();
    this.#hashed = 0;
  }

  #flush(): void {
    this.#file.flush();
    this.#journal?.flush();
    this.#unflushed = 0;
    this.#flushed = performance.now();
  }

  /** Takes what the journal has for there, where the file still has the bytes that were noted. */
  async #trust(journal: Journal, tell: () => void): Promise<void> {
    let unseen = 0;
    for (const entry of journal.entries) {
      const { begin, end } = entry;
      if (end > this.#file.size) continue;
      const bytes = new Uint8Array(end - begin);
      const count = this.#file.read(bytes, begin);
      if (!journal.isRight(entry, bytes.subarray(0, count))) continue;
      this.parts.add(begin, end);
      this.#hash(bytes, begin);
      unseen += count;
      if (unseen < SLICE_BYTES) continue;
      unseen = 0;
      tell();
      await turn();
    }
    tell();
  }

  /** Takes all that the file has for there. */
  async #grow(tell: () => void): Promise<void> {
    const buffer = new Uint8Array(Math.min(this.#file.size, SLICE_BYTES));
    for (let at = 0; at < this.#file.size; at = this.parts.prefix) {
      const count = this.#file.read(buffer, at);
      if (count === 0) break;
      this.#hash(buffer.subarray(0, count), at);
      this.parts.add(at, at + count);
      tell();
      await turn();
    }
  }

  async #readOn(onChecked: OnChecked): Promise<void> {
    const end = this.parts.prefix;
    const buffer = new Uint8Array(Math.min(end - this.#hashed, SLICE_BYTES));
    while (this.#hashed < end) {
      await this.#sha256.room();
      const slice = buffer.subarray(0, end - this.#hashed);
      const count = this.#file.read(slice, this.#hashed);
      if (count === 0) break;
      this.#hash(slice.subarray(0, count), this.#hashed);
      onChecked(this.#hashed);
      await turn();
    }
  }

  /** Reads a little of what could not be hashed when it came. */
  #catchUp(): void {
    const rest = this.parts.prefix - this.#hashed;
    if (rest === 0 || this.#isFull) return;
    const slice = new Uint8Array(Math.min(rest, SLICE_BYTES));
    this.#hash(slice.subarray(0, this.#file.read(slice, this.#hashed)), this.#hashed);
  }

  /** Whether what has come should be hashed later: it would wait in line anyway, or others need the processor more. */
  get #isFull(): boolean {
    return this.#sha256.full || (this.#sha256.apart && this.#hurry.great);
  }

  /** Hashes here, from the first byte, should the thread that hashes be lost. */
  async #unlessLost<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof HashLost)) throw error;
      this.#sha256 = await hashHere();
      this.#own?.restart();
      this.#hashed = 0;
      return run();
    }
  }

  /** Goes on with the hashes, where these are the bytes to go on with and it is not too many at once. */
  #hash(bytes: Uint8Array, at: number): void {
    const next = bytes.subarray(Math.max(0, this.#hashed - at));
    if (at > this.#hashed || next.length === 0 || this.#isFull) return;
    this.#sha256.update(next);
    this.#own?.update(next);
    this.#hashed += next.length;
  }
}

const NAMES: Record<ContentHash['algorithm'], string> = { sha256: 'SHA-256', 'git-sha1': 'git hash' };

/** Lets others have their turn, a pause among them. */
const turn = () => new Promise((done) => setTimeout(done));
