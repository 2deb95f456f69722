import { createSHA256 } from 'hash-wasm';

/** What fetching and hashing took, in milliseconds. */
export interface FetchedAndHashed {
  readonly milliseconds: number;
  /** Of these, what the hash took. */
  readonly hashing: number;
}

/** Fetches a file and hashes its bytes as they come. */
export async function fetchAndHash(url: string): Promise<FetchedAndHashed> {
  const began = performance.now();
  const { body } = await fetch(url, { cache: 'no-store' });
  if (!body) throw new Error(`${url} has no body.`);
  const hash = await createSHA256();
  const reader = body.getReader();
  let hashing = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const at = performance.now();
    hash.update(value);
    hashing += performance.now() - at;
  }
  hash.digest();
  return { milliseconds: performance.now() - began, hashing };
}
