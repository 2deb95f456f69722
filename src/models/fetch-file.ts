import type { ContentHash, FileRecord } from './api';
import { LibraryError } from './errors';
import { type Hashing, hashing } from './hash';
import { messages } from './messages';
import type { Net } from './net/net';
import { receive } from './net/receive';
import type { Source } from './net/request';
import { tryEach } from './net/try-each';
import type { StoreFile } from './store/store';

/** Hears how one file goes. */
export interface FileWatch {
  /** Bytes that are there, and whether they come from the disk. */
  onBytes(have: number, from: 'disk' | 'network'): void;
  onServer(server: string): void;
  onRetry(problem: LibraryError, seconds: number): void;
  /** An answer says which version of the file this is. */
  onVersion(validator: string): void;
}

export interface FileJob {
  readonly record: FileRecord;
  /** The version of the bytes that are there. */
  readonly validator?: string;
  readonly file: StoreFile;
  /** Reordered by what fails. */
  readonly sources: Source[];
  /**
   * What to do about versions that servers tell apart by etag or time: nothing, where the record has the last word and
   * several servers have tags of their own; compare them; or also send `If-Range`, for which another origin would be
   * asked with a CORS preflight.
   */
  readonly versions: 'ignore' | 'compare' | 'condition';
  readonly net: Net;
  readonly signal?: AbortSignal;
  readonly watch: FileWatch;
}

/** Written bytes are forced to the disk this often. */
const FLUSH_BYTES = 1 << 24;

/** How much of a file is read at once to be hashed. */
const CHECK_BYTES = 1 << 22;

/**
 * Completes a file: hashes what is there, fetches what is missing, and holds all of it to the record.
 * A file that is not what the record says is emptied.
 * @returns its length and its SHA-256, whatever the record has
 * @throws LibraryError
 */
export async function fetchFile(job: FileJob): Promise<{ size: number; sha256: string }> {
  const { record, file, sources, net, signal, watch } = job;
  let { size } = record;
  let validator = job.versions === 'ignore' ? undefined : job.validator;
  if (size !== undefined && file.size > size) file.truncate(0);
  const check = await Check.of(record, file, (have) => {
    signal?.throwIfAborted();
    watch.onBytes(have, 'disk');
  });
  let flushed = check.have;

  const run = async (source: Source) => {
    if (file.size !== check.have) await check.restart(); // another server's file was thrown away
    if (check.have === 0 || check.have !== size) {
      watch.onServer(source.server);
      await receive({
        file: record.path,
        source,
        net,
        signal,
        from: check.have,
        size,
        validator,
        ifRange: job.versions === 'condition' ? validator : undefined,
        onAnswer(answer) {
          size ??= answer.size;
          if (job.versions === 'ignore' || validator !== undefined || answer.validator === undefined) return;
          validator = answer.validator;
          watch.onVersion(validator);
        },
        onBytes(bytes) {
          if (size !== undefined && check.have + bytes.length > size) {
            const got = check.have + bytes.length;
            file.truncate(0);
            throw new LibraryError('wrong', messages.wrongSize(record.path, source.server, size, got));
          }
          file.write(bytes, check.have);
          check.add(bytes);
          if (check.have - flushed > FLUSH_BYTES) {
            file.flush();
            flushed = check.have;
          }
          watch.onBytes(check.have, 'network');
        },
      });
      file.flush();
    }
    return check.end(source.server);
  };

  try {
    const trial = { net, signal, gained: () => check.have, onRetry: watch.onRetry };
    return await tryEach(sources, trial, run);
  } catch (error) {
    if (error instanceof LibraryError && error.code === 'changed') file.truncate(0);
    throw error;
  }
}

/** The running hashes of a file that grows. */
class Check {
  readonly #record: FileRecord;
  readonly #file: StoreFile;
  #sha256!: Hashing;
  #own: Hashing | undefined;
  #have = 0;

  private constructor(record: FileRecord, file: StoreFile) {
    this.#record = record;
    this.#file = file;
  }

  /** Hashes what a file has. @param onBytes hears how far, and may throw to end it */
  static async of(record: FileRecord, file: StoreFile, onBytes: (have: number) => void): Promise<Check> {
    const check = new Check(record, file);
    await check.restart();
    const size = file.size;
    const buffer = new Uint8Array(Math.min(size, CHECK_BYTES));
    while (check.have < size) {
      const count = file.read(buffer, check.have);
      if (count === 0) break;
      check.add(buffer.subarray(0, count));
      onBytes(check.have);
      await new Promise((done) => setTimeout(done)); // lets a pause come through
    }
    return check;
  }

  get have(): number {
    return this.#have;
  }

  add(bytes: Uint8Array): void {
    this.#sha256.update(bytes);
    this.#own?.update(bytes);
    this.#have += bytes.length;
  }

  async restart(): Promise<void> {
    const { hash, size } = this.#record;
    this.#sha256 = await hashing('sha256');
    this.#own = hash?.algorithm === 'git-sha1' ? await hashing('git-sha1', size) : undefined;
    this.#have = 0;
  }

  /** @throws LibraryError `wrong` when the whole file is not what the record says; then it is empty */
  async end(server: string): Promise<{ size: number; sha256: string }> {
    const { path, hash, size } = this.#record;
    if (size !== undefined && this.#have !== size) {
      const got = this.#have;
      await this.#discard();
      throw new LibraryError('wrong', messages.wrongSize(path, server, size, got));
    }
    const sha256 = this.#sha256.digest();
    const got = this.#own?.digest() ?? sha256;
    if (hash && got !== hash.value) {
      await this.#discard();
      const kind = NAMES[hash.algorithm];
      throw new LibraryError('wrong', messages.wrongHash(path, server, kind, hash.value, got));
    }
    return { size: this.#have, sha256 };
  }

  async #discard(): Promise<void> {
    this.#file.truncate(0);
    await this.restart();
  }
}

const NAMES: Record<ContentHash['algorithm'], string> = { sha256: 'SHA-256', 'git-sha1': 'git hash' };
