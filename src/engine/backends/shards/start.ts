import * as Comlink from 'comlink';
import type { ShardServer } from './server';

/** A worker that holds a share, from outside. */
export interface ShardWorker {
  readonly server: Comlink.Remote<ShardServer>;
  /** Ends it at once, and gives back its memory; what it was asked is never answered. */
  end(): void;
}

/** Starts a worker. @param onFailure hears what is wrong when it cannot be loaded, or breaks outside of any call */
export type StartShard = (name: string, onFailure: (message: string) => void) => ShardWorker;

/** A Web Worker. */
export const startShard: StartShard = (name, onFailure) => {
  const worker = new Worker(/* webpackChunkName: "gpt2-shard" */ new URL('./worker.ts', import.meta.url), {
    name,
    type: 'module',
  });
  worker.addEventListener('error', ({ message }) => onFailure(message || 'its script could not be loaded'));
  worker.addEventListener('messageerror', () => onFailure('an answer of it could not be read'));
  return { server: Comlink.wrap<ShardServer>(worker), end: () => worker.terminate() };
};
