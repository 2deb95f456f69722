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

/** SHA-256 of a text. */
export async function sha256Of(text: string): Promise<string> {
  const hash = await hashing('sha256');
  hash.update(new TextEncoder().encode(text));
  return hash.digest();
}
