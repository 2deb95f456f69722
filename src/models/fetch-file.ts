import type { FileRecord } from './api';
import { Batch } from './batch';
import { LibraryError } from './errors';
import type { MakeHash } from './hash';
import type { Journal } from './journal';
import { messages } from './messages';
import { nextByNeed } from './need';
import type { Net } from './net/net';
import { receive } from './net/receive';
import type { Source } from './net/request';
import { tryEach } from './net/try-each';
import { PartialFile } from './partial-file';
import type { Parts, Range } from './parts';
import type { StoreFile } from './store/store';

/** Hears how one file goes. */
export interface FileWatch {
  /** Which bytes are there, and whether the latest come from the disk. */
  onParts(parts: Parts, from: 'disk' | 'network'): void;
  /** So many bytes from the first on have been hashed, of bytes that are all there. */
  onHashed(bytes: number): void;
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
  /** For a safetensors file of known size: its parts are fetched as they are needed, and noted here. */
  readonly journal?: Journal;
  /** Reordered by what fails. */
  readonly sources: Source[];
  /**
   * What to do about versions that servers tell apart by etag or time: nothing, where the record has the last word and
   * several servers have tags of their own; compare them; or also send `If-Range`, for which another origin would be
   * asked with a CORS preflight.
   */
  readonly versions: 'ignore' | 'compare' | 'condition';
  readonly net: Net;
  /** Hashes a file that is large; unless given, this thread does. */
  readonly makeHash?: MakeHash;
  readonly signal?: AbortSignal;
  readonly watch: FileWatch;
}

/**
 * Completes a file: reads what is there, fetches what is missing, and holds all of it to the record.
 * A file that is not what the record says is emptied.
 * @returns its length and its SHA-256, whatever the record has
 * @throws LibraryError
 */
export async function fetchFile(job: FileJob): Promise<{ size: number; sha256: string }> {
  const { record, file, journal, sources, net, signal, watch } = job;
  let { size } = record;
  let validator = job.versions === 'ignore' ? undefined : job.validator;
  const tell = (parts: Parts) => {
    signal?.throwIfAborted();
    watch.onParts(parts, 'disk');
  };
  const partial = await PartialFile.open(record, file, journal, tell, job.makeHash);
  const { parts } = partial;
  const batch = new Batch((bytes, at) => {
    partial.write(bytes, at);
    watch.onParts(parts, 'network');
  });

  const fetchPart = (source: Source, { begin, end }: Range) =>
    receive({
      file: record.path,
      source,
      net,
      signal,
      from: begin,
      to: end === size || end === Number.POSITIVE_INFINITY ? undefined : end,
      size,
      validator,
      ifRange: job.versions === 'condition' ? validator : undefined,
      have() {
        batch.end();
        return parts.covered;
      },
      onAnswer(answer) {
        size ??= answer.size;
        if (job.versions === 'ignore' || validator !== undefined || answer.validator === undefined) return;
        validator = answer.validator;
        watch.onVersion(validator);
      },
      onBytes(bytes, at) {
        const got = at + bytes.length;
        if (size !== undefined && got > size) {
          batch.clear();
          partial.discard();
          throw new LibraryError('wrong', messages.wrongSize(record.path, source.server, size, got));
        }
        batch.add(bytes, at);
      },
    }).finally(() => batch.end());

  const run = async (source: Source) => {
    const next = () => (journal && size !== undefined ? nextByNeed(file, parts, size) : undefined);
    if (parts.covered === 0 || parts.covered !== size) {
      watch.onServer(source.server);
      const rest = { begin: parts.prefix, end: size ?? Number.POSITIVE_INFINITY };
      for (let part: Range | undefined = next() ?? rest; part; part = next()) await fetchPart(source, part);
    }
    await partial.hashOn((bytes) => {
      signal?.throwIfAborted();
      watch.onHashed(bytes);
    });
    return partial.end(source.server);
  };

  try {
    const trial = { net, signal, gained: () => parts.covered, onRetry: watch.onRetry };
    return await tryEach(sources, trial, run);
  } catch (error) {
    if (error instanceof LibraryError && error.code === 'changed') partial.discard();
    throw error;
  } finally {
    partial.close();
  }
}
