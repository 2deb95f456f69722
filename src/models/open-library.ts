import type { Library } from './api';
import { knownModels } from './catalogue';
import { hashInThread } from './hash-thread/thread';
import { ModelLibrary } from './library';
import { defaultNet, type Net } from './net/net';
import { defaultSources } from './sources';
import { MemoryStore } from './store/memory';
import { openOpfs } from './store/opfs';

export interface LibraryOptions {
  /** The address that the pages lie at, for the built-in model. */
  readonly base: string;
  /** Servers for hub models, in the order to try, in place of the build's. */
  readonly sources?: readonly string[];
  readonly net?: Partial<Net>;
}

/** The library of this browser. In a worker it keeps files on the disk; elsewhere, and in private windows, in memory. */
export async function openLibrary({ base, sources, net }: LibraryOptions): Promise<Library> {
  const found = await openOpfs();
  const disk = 'store' in found;
  return new ModelLibrary({
    store: disk ? found.store : new MemoryStore(),
    storage: disk ? { kind: 'disk' } : { kind: 'memory', reason: found.reason },
    known: knownModels(base),
    sources: sources ?? defaultSources(),
    net: { ...defaultNet, ...net },
    makeHash: hashInThread,
  });
}
