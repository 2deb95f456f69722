import * as Comlink from 'comlink';
import type { Proof } from '../outcome';
import type { Contestant, Entry } from './contestant';
import type { ProductsWorker } from './products-worker';

/** ONNX Runtime's matrix products alone, in a worker of their own as the engine has it. */
export async function openProducts({ model, threads, dtype }: Entry): Promise<Contestant> {
  const worker = new Worker(new URL('products-worker.js', document.baseURI), { type: 'module' });
  const remote = Comlink.wrap<ProductsWorker>(worker);
  await remote.open(model, new URL('ort/', document.baseURI).href, threads, dtype as Proof['kind']);
  return {
    tokens: (past, count) => remote.run(1, past.length, count),
    prompt: async (ids) => (await remote.run(ids.length, 0, 1))[0] as number,
    close: async () => worker.terminate(),
  };
}
