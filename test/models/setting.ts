import type { KnownModel } from '../../src/models/api';
import type { LibraryError } from '../../src/models/errors';
import { ModelLibrary } from '../../src/models/library';
import type { Net } from '../../src/models/net/net';
import { MemoryStore } from '../../src/models/store/memory';
import type { Store } from '../../src/models/store/store';
import { checkpoint } from '../support/checkpoint';
import { randomModel, smallConfig } from '../support/random';

/** A model of some 300 kB, so that a connection can break in the middle of it. */
export const model = randomModel(smallConfig({ n_embd: 48, vocab_size: 400 }), 1);
export const files = checkpoint(model);
export const WEIGHTS = 'model.safetensors';
export const weights = files.get(WEIGHTS) as Uint8Array;

/** A network that soon tries again; this machine may be silent for a second or two. */
const quick: Net = { fetch: (...args) => fetch(...args), stallMs: 10_000, retryMs: [10, 10] };

export const libraryOn = (
  sources: readonly string[],
  store: Store = new MemoryStore(),
  net: Partial<Net> = {},
  known: readonly KnownModel[] = [],
): ModelLibrary =>
  new ModelLibrary({ store, storage: { kind: 'memory' }, known, sources, net: { ...quick, ...net } });

/** What a promise fails with. */
export async function failure(promise: Promise<unknown>): Promise<LibraryError> {
  return promise.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: LibraryError) => error,
  );
}
