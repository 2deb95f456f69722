import type { Device } from './api';

interface Hints {
  readonly deviceMemory?: number;
  readonly gpu?: { requestAdapter(): Promise<{ limits: NonNullable<Device['gpu']> } | null> };
}

/** What the browser says of this device; works in pages and in workers, and says of the latter whether they can start others. */
export async function readDevice(): Promise<Device> {
  const { deviceMemory, gpu } = navigator as unknown as Hints;
  const [storage, adapter] = await Promise.all([
    estimate(),
    Promise.resolve(gpu?.requestAdapter()).catch(() => undefined),
  ]);
  return {
    ...(deviceMemory === undefined ? {} : { memory: deviceMemory }),
    ...(storage ? { storage } : {}),
    workers: typeof Worker === 'function',
    ...(adapter
      ? {
          gpu: {
            maxBufferSize: adapter.limits.maxBufferSize,
            maxStorageBufferBindingSize: adapter.limits.maxStorageBufferBindingSize,
          },
        }
      : {}),
  };
}

/** Bytes that the browser may still give this site; unknown where it does not say. */
export async function freeBytes(): Promise<number | undefined> {
  const storage = await estimate();
  return storage && Math.max(0, storage.quota - storage.usage);
}

/**
 * Asks the browser to keep what is stored when the device runs out of room. Works in pages only, not in workers; some
 * browsers ask the person. @returns undefined where the browser has no such thing
 */
export async function keepModels(): Promise<boolean | undefined> {
  // TypeScript's library for workers rightly leaves it out.
  const storage = navigator.storage as (StorageManager & { persist?(): Promise<boolean> }) | undefined;
  if (!storage?.persist) return undefined;
  return (await storage.persisted()) || storage.persist();
}

/** Whether the browser has promised to keep what is stored. @returns undefined where it knows no such promise */
export async function areModelsKept(): Promise<boolean | undefined> {
  return navigator.storage?.persisted?.().catch(() => undefined);
}

async function estimate(): Promise<Device['storage']> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  return quota === undefined || usage === undefined ? undefined : { quota, usage };
}
