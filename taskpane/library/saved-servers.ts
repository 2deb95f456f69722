import { defaultSources } from '../../src/models/sources';
import type { LibraryClient } from '../../src/rpc/library-client';

const KEY = 'gpt2-model-servers';

/** Servers of models that somebody has chosen on this device; none where the build's are to be used. */
export function savedServers(): readonly string[] | undefined {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (!Array.isArray(saved) || saved.length === 0) return undefined;
    return saved.every((one) => typeof one === 'string') ? saved : undefined;
  } catch {
    return undefined; // no storage here, or somebody else's words in it
  }
}

/** @param servers none to go back to the build's @returns whether this browser keeps them */
export function saveServers(servers: readonly string[] | undefined): boolean {
  try {
    if (servers) localStorage.setItem(KEY, JSON.stringify(servers));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

/** The servers that the build names. */
export const standardServers = (): readonly string[] => defaultSources();

/** Has the library use the servers that were chosen before. Those that it refuses are left alone: the build's stay. */
export async function restoreServers(library: LibraryClient, base: string): Promise<void> {
  const servers = savedServers();
  if (!servers) return;
  await library.overview(base);
  await library.setSources(servers);
}
