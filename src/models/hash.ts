import { createSHA1, createSHA256 } from 'hash-wasm';
import type { ContentHash } from './api';

/** A hash that takes its input a piece at a time, as WebCrypto's cannot. */
export interface Hashing {
  update(bytes: Uint8Array): void;
  /** Lower-case hexadecimal; ends the hashing, until it begins anew. */
  digest(): string;
  /** Forgets what it was given. */
  restart(): void;
}

/**
 * Begins a hash.
 * @param size bytes of the whole; git's hash begins with it
 */
export async function hashing(algorithm: ContentHash['algorithm'], size = 0): Promise<Hashing> {
  const hasher = await (algorithm === 'sha256' ? createSHA256() : createSHA1());
  const hash: Hashing = {
    update: (bytes) => void hasher.update(bytes),
    digest: () => hasher.digest(),
    restart() {
      hasher.init();
      if (algorithm === 'git-sha1') hasher.update(new TextEncoder().encode(`blob ${size}\0`));
    },
  };
  hash.restart();
  return hash;
}

/** A SHA-256 of bytes that arrive, computed here or in a thread of its own. */
export interface ArrivalHash {
  /** Whether it is computed elsewhere, and so costs whoever asks for it next to nothing. */
  readonly apart: boolean;
  /** Whether so much waits to be hashed that nothing should be added. */
  readonly full: boolean;
  /** Goes on with these bytes, which stay the caller's. */
  update(bytes: Uint8Array): void;
  /** Settles when it is not full. @throws HashLost */
  room(): Promise<void>;
  /** Lower-case hexadecimal. @throws HashLost */
  digest(): Promise<string>;
  /** Forgets what it was given. */
  restart(): void;
  /** Gives back its thread; it is of no use afterwards. */
  close(): void;
}

/** Where hashes of large files are computed. */
export type MakeHash = () => Promise<ArrivalHash>;

/** The thread that hashed has ended: begin anew elsewhere. */
export class HashLost extends Error {
  override name = 'HashLost';
}

/** A SHA-256 that is computed in this thread, at once. */
export const hashHere: MakeHash = async () => {
  const hash = await hashing('sha256');
  return {
    apart: false,
    full: false,
    update: (bytes) => hash.update(bytes),
    room: async () => {},
    digest: async () => hash.digest(),
    restart: () => hash.restart(),
    close: () => {},
  };
};

/** SHA-256 of a text. */
export async function sha256Of(text: string): Promise<string> {
  const hash = await hashing('sha256');
  hash.update(new TextEncoder().encode(text));
  return hash.digest();
}
