import * as Comlink from 'comlink';
import { ShardServer } from '../../../../src/engine/backends/shards/server';
import type { StartShard } from '../../../../src/engine/backends/shards/start';

/** What was started by a test, by the workers' names; the same may be started again. */
export interface Started {
  readonly name: string;
  ended: boolean;
  /** Breaks as a worker does whose script throws outside of any call. */
  break(message: string): void;
}

/**
 * Node has no Web Worker, so a server of a share answers on a channel in the same thread: everything that it is sent is copied or moved
 * just the same.
 * @param serverOf a server other than the real one
 */
export function shardsHere(serverOf: (name: string) => ShardServer = () => new ShardServer()) {
  const started: Started[] = [];
  const start: StartShard = (name, onFailure) => {
    const { port1, port2 } = new MessageChannel();
    Comlink.expose(serverOf(name), port1);
    const one: Started = { name, ended: false, break: onFailure };
    started.push(one);
    return {
      server: Comlink.wrap<ShardServer>(port2),
      end: () => {
        one.ended = true;
        port1.close();
        port2.close();
      },
    };
  };
  return { start, started };
}
