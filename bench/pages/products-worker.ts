import * as Comlink from 'comlink';
import * as ort from 'onnxruntime-web/wasm';
import { sizeOf } from '../../src/engine/affine';
import { paddedKeys } from '../../src/engine/backends/mask';
import { HeadMatrix } from '../../src/engine/backends/memory/head-matrix';
import { stretches } from '../../src/engine/backends/memory/long-runs';
import { Places } from '../../src/engine/backends/memory/places';
import type { OrtRuntime } from '../../src/engine/backends/runtime';
import { wasmRuntime } from '../../src/engine/backends/wasm';
import { headGraphByColumns, headRow } from '../../src/engine/onnx/final';
import { inMemory } from '../../src/engine/supply';
import { type Config, parseConfig } from '../../src/gpt2/config';
import { readWeights } from '../../src/gpt2/weights';
import { attentionProductsGraph, type Between, byteProductsGraph, productsGraph } from '../model/products';
import type { Proof } from '../outcome';

type InMemory = NonNullable<OrtRuntime['inMemory']>;

let config: Config;
let blocks: ort.InferenceSession;
let head: ort.InferenceSession;
let matrix: HeadMatrix;
let memory: InMemory['memory'];
let runs: InMemory['runs'];
let between: Between;
/** By the number of stretches that a prompt is run in. */
const attention = new Map<number, ort.InferenceSession>();

/** A run of a session on ONNX Runtime's own tensors, so that next to nothing but ONNX Runtime is measured. */
interface Call {
  readonly session: ort.InferenceSession;
  readonly inputs: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, number>>;
}

/** @returns what runs it */
const prepared = ({ session, inputs, outputs }: Call) => {
  const [inputNames, given] = [Object.keys(inputs), Object.values(inputs)];
  const [outputNames, places] = [Object.keys(outputs), Object.values(outputs)];
  return () => void runs.call(session, inputNames, given, outputNames, places);
};

/** Random numbers in WebAssembly's memory. */
const random = (places: Places, ...dims: number[]): number => {
  const { address, tensor } = places.room(dims);
  const out = memory.floatsAt(address, sizeOf(dims));
  for (let i = 0; i < out.length; i++) out[i] = Math.random() - 0.5;
  return tensor;
};

/** One block's attention for positions behind others, as the engine divides them. */
async function attentionOf(places: Places, rows: number, past: number): Promise<Call> {
  const { n_head: H, n_embd: d } = config;
  const parts = stretches(rows);
  const [inputs, outputs]: [Record<string, number>, Record<string, number>] = [{}, {}];
  for (const [i, [from, to]] of parts.entries()) {
    const [R, W] = [to - from, paddedKeys(past + to)];
    inputs[`q ${i}`] = random(places, H, R, d / H);
    inputs[`keys ${i}`] = random(places, H, d / H, W);
    inputs[`values ${i}`] = random(places, H, W, d / H);
    outputs[`z ${i}`] = places.room([H, R, d / H]).tensor;
  }
  return { session: await attentionSession(parts.length), inputs, outputs };
}

async function attentionSession(parts: number): Promise<ort.InferenceSession> {
  const known = attention.get(parts);
  if (known) return known;
  const { bytes } = attentionProductsGraph(config, parts, between);
  const made = await ort.InferenceSession.create(bytes, options);
  attention.set(parts, made);
  return made;
}

const options = { executionProviders: ['wasm'], logSeverityLevel: 3 } as const;

const worker = {
  /**
   * All matrices of the model, each as the engine has ONNX Runtime hold it: one session for the blocks', one for the head's.
   * @param kind how it has the blocks', and what is between them. In 8 bits they are rounded without care: how long a product takes does not
   * depend on its numbers
   */
  async open(model: string, wasmPaths: string, threads: number, kind: Proof['kind']): Promise<void> {
    const runtime = await wasmRuntime(wasmPaths, threads);
    config = parseConfig(await (await fetch(`${model}/config.json`)).json());
    const weights = readWeights(
      config,
      new Uint8Array(await (await fetch(`${model}/model.safetensors`)).arrayBuffer()),
    );
    const inBytes = kind === 'q8';
    between = kind === 'between' ? 'everything' : 'nothing';
    const graph = inBytes ? byteProductsGraph(config) : productsGraph(config, between);
    const bytesOf = (numbers: Float32Array) =>
      new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    blocks = await ort.InferenceSession.create(graph.bytes, {
      ...options,
      extra: { session: kind === 'unpacked' ? { disable_prepacking: '1' } : {} },
      externalData: graph.files.map(({ path, parameter }) => {
        const numbers = weights.get(parameter);
        return {
          path,
          data:
            inBytes && path !== parameter
              ? Uint8Array.from(numbers, (value) => 200 * value)
              : bytesOf(numbers),
        };
      }),
    });
    head = await ort.InferenceSession.create(headGraphByColumns(config).bytes, options);
    ({ memory, runs } = runtime.inMemory as InMemory);
    matrix = await HeadMatrix.read(memory, config, inMemory({ config, weights }), 'wte.weight');
  },

  /**
   * Multiplies `rows` rows by each of the blocks' matrices, by the keys and values of as many blocks, their own and those of `past` positions,
   * and one by the head's; one as well in the last block, where keys and values alone are of all → milliseconds of each of `count` times.
   */
  async run(rows: number, past: number, count: number): Promise<number[]> {
    const { n_embd: d, n_layer } = config;
    const places = new Places(memory);
    const products = prepared({
      session: blocks,
      inputs: { x: random(places, rows, d) },
      outputs: { y: places.room([1, d]).tensor },
    });
    // One row's keys come from memory, and so are others in each block; those of many rows are read so often that it is all the same.
    const kept: ReturnType<typeof prepared>[] = [];
    while (kept.length < (rows === 1 ? n_layer - 1 : 1))
      kept.push(prepared(await attentionOf(places, rows, past)));
    const lastKept = prepared(await attentionOf(places, 1, past + rows - 1));
    const last = prepared({
      session: head,
      inputs: { ln_final: random(places, 1, d), ...Object.fromEntries(matrix.tensors) },
      outputs: { logits: places.room([1, headRow(config)]).tensor },
    });
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const began = performance.now();
      products();
      for (let layer = 0; layer < n_layer - 1; layer++) kept[layer % kept.length]?.();
      lastKept();
      last();
      times.push(performance.now() - began);
    }
    places.giveBack();
    return times;
  },
};
export type ProductsWorker = typeof worker;
Comlink.expose(worker);
