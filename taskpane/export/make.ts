import * as Comlink from 'comlink';
import type { Config } from '../../src/gpt2/config';
import { parameterShapes } from '../../src/gpt2/parameters';
import type { EngineClient } from '../../src/rpc/client';
import { FIRST_PROMPTS } from '../../src/standalone/first-prompt';
import { usualRoom } from '../../src/standalone/limits';
import type { Job, Maker } from './job';
import { strings } from './strings';

/** Hears how far it has come, from 0 to 1, and what is being done. */
export type Told = (fraction: number, text: string) => void;

/** Fetching the weights takes this part of the time. */
const FETCHING = 0.15;

/**
 * Makes a workbook of the open model, in a worker of its own.
 * @returns the bytes of an .xlsx file
 * @throws an error named AbortError when `signal` is aborted; the worker is gone then
 */
export async function makeWorkbook(
  client: EngineClient,
  tell: Told,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const job = await collect(client, tell, signal);
  tell(FETCHING, strings.calculating);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { name: 'gpt2-export', type: 'module' });
  const ended = new Promise<never>((_, failed) => {
    signal.addEventListener('abort', () => failed(signal.reason), { once: true });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      failed(new Error(strings.lost));
    });
  });
  try {
    const onProgress = (done: number, total: number, sheet: string) =>
      tell(FETCHING + (1 - FETCHING) * (done / total), sheet ? strings.sheet(sheet) : strings.packing);
    const maker = Comlink.wrap<Maker>(worker);
    return await Promise.race([maker.make(job, Comlink.proxy(onProgress)), ended]);
  } finally {
    worker.terminate();
  }
}

/** Whether the open model's head is its token embedding. */
export const isTied = (config: Config, parameters: number): boolean =>
  parameters === [...parameterShapes(config, true).values()].reduce((sum, [a = 1, b = 1]) => sum + a * b, 0);

/** Everything that the worker needs, from the engine's. */
async function collect(client: EngineClient, tell: Told, signal: AbortSignal): Promise<Job> {
  const { name, config } = (await client.opened()).model;
  const list = await client.parameters();
  const parameters = new Map<string, Float32Array>();
  for (const [at, { name: parameter, shape }] of list.entries()) {
    signal.throwIfAborted();
    tell((FETCHING * at) / list.length, strings.weights(parameter));
    const [rows, cols] = shape.length === 1 ? [1, shape[0] as number] : (shape as [number, number]);
    const { data } = await client.weight(parameter, { row: 0, col: 0, rows, cols });
    parameters.set(parameter, data as Float32Array);
  }
  const vocabulary = await client.vocabulary();
  if (!vocabulary) return { name, config, parameters, ids: [0] };
  let ids: readonly number[] = [];
  for (const prompt of FIRST_PROMPTS) {
    ids = await client.ids({ text: prompt });
    signal.throwIfAborted();
    if (ids.length <= usualRoom(config)) return { name, config, parameters, ids, vocabulary, prompt };
  }
  return { name, config, parameters, ids: [], vocabulary, prompt: '' };
}
