import * as Comlink from 'comlink';
import { EngineClient, provideEngine } from '../../src/rpc/client';
import type { Opened } from '../../src/rpc/protocol';
import { Service } from '../../src/worker/service';

/** The add-in's own engine, its page and its worker in one thread; formulas that are called from now on ask it. */
export function startEngine(): EngineClient {
  const { port1, port2 } = new MessageChannel();
  Comlink.expose(new Service(), port1);
  // A port is all that the client uses of a worker; only the `error` event will never come.
  const client = new EngineClient(port2 as unknown as Worker);
  provideEngine(client);
  return client;
}

/** Opens a model on plain JavaScript, which runs wherever the build does. @param modelUrl address of its folder */
export const openModel = (client: EngineClient, modelUrl: string, name: string): Promise<Opened> =>
  client.open({ from: { kind: 'url', url: modelUrl }, name, backend: 'reference', base: modelUrl });
