import * as Comlink from 'comlink';
import * as ort from 'onnxruntime-web/wasm';
import { paddedKeys } from '../../src/engine/backends/mask';
import { HeadMatrix } from '../../src/engine/backends/memory/head-matrix';
import { attentionParts, isWorthParting } from '../../src/engine/backends/memory/pasts';
import type { OrtRuntime } from '../../src/engine/backends/runtime';
import { wasmRuntime } from '../../src/engine/backends/wasm';
import { PARTS } from '../../src/engine/onnx/attention';
import { headGraphByColumns } from '../../src/engine/onnx/final';
import { inMemory } from '../../src/engine/supply';
import { type Config, parseConfig } from '../../src/gpt2/config';
import { readWeights } from '../../src/gpt2/weights';
import { attentionProductsGraph, byteProductsGraph, productsGraph } from '../model/products';
import type { Proof } from '../outcome';

type InMemory = NonNullable<OrtRuntime['inMemory']>;

let config: Config;
let blocks: ort.InferenceSession;
let head: ort.InferenceSession;
let matrix: HeadMatrix;
let memory: InMemory['memory'];
let runs: InMemory['runs'];
/** One for a prompt that attention takes as a whole, and one for those that it takes part by part. */
const attention = new Map<number, ort.InferenceSession>();

/** What attention takes and gives in one block. */
interface Block {
  readonly feeds: Record<string, ort.Tensor>;
  readonly places: Record<string, ort.Tensor>;
}

const random = (out: Float32Array) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.random() - 0.5;
  return out;
};
const tensor = (numbers: Float32Array, dims: readonly number[]) => new ort.Tensor('float32', numbers, dims);

/** Positions behind others as the engine divides them: with what each part takes, for one block, in WebAssembly's memory. */
function attentionOf(rows: number, past: number): Block & { readonly addresses: number[] } {
  const { n_head: H, n_embd: d } = config;
  const addresses: number[] = [];
  const make = (...dims: number[]) => {
    const numbers = random(memory.take(dims.reduce((a, b) => a * b, 1)));
    addresses.push(numbers.byteOffset);
    return tensor(numbers, dims);
  };
  const feeds: Record<string, ort.Tensor> = {};
  const places: Record<string, ort.Tensor> = {};
  for (const [i, { rows: R, reach: W }] of divided(rows, past).entries()) {
    feeds[`q ${i}`] = make(H, R, d / H);
    feeds[`keys ${i}`] = make(H, d / H, W);
    feeds[`values ${i}`] = make(H, W, d / H);
    places[`z ${i}`] = make(H, R, d / H);
  }
  return { feeds, places, addresses };
}

const divided = (rows: number, past: number) =>
  isWorthParting(rows) ? attentionParts(rows, past) : [{ rows, reach: paddedKeys(past + rows) }];

const options = { executionProviders: ['wasm'], logSeverityLevel: 3 } as const;

const worker = {
  /**
   * All matrices of the model, each as the engine has ONNX Runtime hold it: one session for the blocks', one for the head's.
   * @param kind how it has the blocks'. In 8 bits they are rounded without care: how long a product takes does not depend on its numbers
   */
  async open(model: string, wasmPaths: string, threads: number, kind: Proof['kind']): Promise<void> {
    const runtime = await wasmRuntime(wasmPaths, threads);
    config = parseConfig(await (await fetch(`${model}/config.json`)).json());
    const weights = readWeights(
      config,
      new Uint8Array(await (await fetch(`${model}/model.safetensors`)).arrayBuffer()),
    );
    const inBytes = kind === 'q8';
    const graph = inBytes ? byteProductsGraph(config) : productsGraph(config);
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
    for (const parts of [1, PARTS]) {
      attention.set(
        parts,
        await ort.InferenceSession.create(attentionProductsGraph(config, parts).bytes, options),
      );
    }
    ({ memory, runs } = runtime.inMemory as InMemory);
    matrix = await HeadMatrix.read(memory, config, inMemory({ config, weights }), 'wte.weight');
  },

  /**
   * Multiplies `rows` rows by each of the blocks' matrices, by the keys and values of as many blocks, their own and those of `past` positions,
   * and one by the head's → milliseconds of each of `count` times.
   */
  async run(rows: number, past: number, count: number): Promise<number[]> {
    const { n_embd: d, n_layer } = config;
    const x = tensor(random(new Float32Array(rows * d)), [rows, d]);
    const last = tensor(random(new Float32Array(d)), [1, d]);
    // One row's keys come from memory, and so are others in each block; those of many rows are read so often that it is all the same.
    const kept = Array.from({ length: rows === 1 ? n_layer : 1 }, () => attentionOf(rows, past));
    const session = attention.get(divided(rows, past).length) as ort.InferenceSession;
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const began = performance.now();
      await blocks.run({ x }, ['y']);
      for (let layer = 0; layer < n_layer; layer++) {
        const { feeds, places } = kept[layer % kept.length] as Block;
        runs.run(session, feeds, Object.keys(places), places);
      }
      const parts = matrix.inputs.map(([name, { dims, data }]) => [name, tensor(data, dims)]);
      runs.run(head, { ln_final: last, ...Object.fromEntries(parts) }, ['logits']);
      times.push(performance.now() - began);
    }
    for (const { addresses } of kept) for (const address of addresses) memory.giveBack(address);
    return times;
  },
};
export type ProductsWorker = typeof worker;
Comlink.expose(worker);
