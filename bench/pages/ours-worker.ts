import * as Comlink from 'comlink';
import { Engine } from '../../src/engine/engine';
import { parseConfig } from '../../src/gpt2/config';
import { readWeights } from '../../src/gpt2/weights';

let engine: Engine;

const read = async (ids: readonly number[]): Promise<Float32Array> => {
  const [logits] = await engine.read({ ids, wants: [{ name: 'logits', position: ids.length - 1 }] });
  return (logits as { data: Float32Array }).data;
};

/** The same walk from token to token for everybody; which tokens they are does not change how long they take. */
const following = (id: number): number => (id * 31 + 7) % engine.config.vocab_size;

/** Prompts that begin alike by chance share a position or two. */
function checkRun(ran: number, expected: number): void {
  if (ran > expected || ran < 0.9 * expected)
    throw new Error(`${ran} positions ran where ${expected} had to.`);
}

const worker = {
  async open(model: string, wasmPaths: string, threads: number): Promise<void> {
    const get = async (name: string) => {
      const response = await fetch(`${model}/${name}`);
      if (!response.ok) throw new Error(`${model}/${name}: ${response.status}`);
      return response;
    };
    const config = parseConfig(await (await get('config.json')).json());
    const bytes = new Uint8Array(await (await get('model.safetensors')).arrayBuffer());
    engine = await Engine.open(
      { config, weights: readWeights(config, bytes) },
      { backend: 'wasm', wasmPaths, threads },
    );
  },

  async tokens(past: readonly number[], count: number): Promise<number[]> {
    await read(past);
    const ids = [...past];
    const times: number[] = [];
    const before = engine.stats.positionsRun;
    for (let i = 0; i < count; i++) {
      ids.push(following(ids.at(-1) as number));
      const began = performance.now();
      await read(ids);
      times.push(performance.now() - began);
    }
    checkRun(engine.stats.positionsRun - before, count);
    return times;
  },

  /** @param run how many positions have to run: a figure that the cache has answered is none */
  async prompt(ids: readonly number[], run = ids.length): Promise<number> {
    const before = engine.stats.positionsRun;
    const began = performance.now();
    await read(ids);
    const time = performance.now() - began;
    checkRun(engine.stats.positionsRun - before, run);
    return time;
  },

  logits: read,
};
export type OursWorker = typeof worker;
Comlink.expose(worker);
