import type { LoadedModel } from './api';
import { ModelLibrary } from './library';
import { defaultNet } from './net/net';
import { defaultSources } from './sources';
import { MemoryStore } from './store/memory';

export type { LoadedModel };

/** Hears how many bytes have arrived, and of how many, where the server says so. */
export type OnBytes = (arrived: number, total: number | undefined) => void;

/**
 * Reads a model folder from the page's own server without keeping it.
 * @param url the folder's address, with or without the last slash
 * @param onBytes hears how much has arrived
 * @throws ModelError naming the file and what is wrong with it
 */
export function loadFolder(url: string, onBytes: OnBytes, signal?: AbortSignal): Promise<LoadedModel> {
  const library = new ModelLibrary({
    store: new MemoryStore(),
    storage: { kind: 'memory' },
    known: [],
    sources: defaultSources(),
    net: defaultNet,
    sums: false,
  });
  const onProgress = ({ bytes, total }: { bytes: number; total?: number }) => onBytes(bytes, total);
  return library.open({ kind: 'url', url }, { onProgress, signal });
}
