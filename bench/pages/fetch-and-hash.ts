import { createSHA256 } from 'hash-wasm';

/** Fetches a file and hashes its bytes as they come → milliseconds. */
export async function fetchAndHash(url: string): Promise<number> {
  const began = performance.now();
  const { body } = await fetch(url, { cache: 'no-store' });
  if (!body) throw new Error(`${url} has no body.`);
  const hash = await createSHA256();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    hash.update(value);
  }
  hash.digest();
  return performance.now() - began;
}
