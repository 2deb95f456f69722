import * as Comlink from 'comlink';
import type { Contestant, Entry } from './contestant';
import type { OursWorker } from './ours-worker';

/** The engine in a worker of its own, as the add-in has it; times are taken beside it, in the worker. */
export async function openOurs({ model, threads }: Entry): Promise<Contestant> {
  const worker = new Worker(new URL('ours-worker.js', document.baseURI), { type: 'module' });
  const remote = Comlink.wrap<OursWorker>(worker);
  await remote.open(model, new URL('ort/', document.baseURI).href, threads);
  return {
    tokens: (past, count) => remote.tokens(past, count),
    prompt: (ids, run) => remote.prompt(ids, run),
    logits: (ids) => remote.logits(ids),
    close: async () => worker.terminate(),
  };
}
