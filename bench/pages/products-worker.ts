import * as Comlink from 'comlink';
import * as ort from 'onnxruntime-web/wasm';
import { HeadMatrix } from '../../src/engine/backends/memory/head-matrix';
import type { OrtRuntime } from '../../src/engine/backends/runtime';
import { wasmRuntime } from '../../src/engine/backends/wasm';
import { headGraphByColumns } from '../../src/engine/onnx/final';
import { type Config, parseConfig } from '../../src/gpt2/config';
import { readWeights } from '../../src/gpt2/weights';
import { byteProductsGraph, productsGraph } from '../model/products';
import type { Proof } from '../outcome';

type InMemory = NonNullable<OrtRuntime['inMemory']>;

let config: Config;
let blocks: ort.InferenceSession;
let head: ort.InferenceSession;
let matrix: HeadMatrix;
let runs: InMemory['runs'];

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
    const inMemory = runtime.inMemory as InMemory;
    runs = inMemory.runs;
    matrix = new HeadMatrix(inMemory.memory, config, weights.get('wte.weight'));
  },

  /** Multiplies `rows` rows by each of the blocks' matrices, and one by the head's → milliseconds of each of `count` times. */
  async run(rows: number, count: number): Promise<number[]> {
    const d = config.n_embd;
    const random = (n: number) => Float32Array.from({ length: n }, () => Math.random() - 0.5);
    const tensor = (numbers: Float32Array, dims: readonly number[]) =>
      new ort.Tensor('float32', numbers, dims);
    const x = tensor(random(rows * d), [rows, d]);
    const last = tensor(random(d), [1, d]);
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const began = performance.now();
      await blocks.run({ x }, ['y']);
      const parts = matrix.inputs.map(([name, { dims, data }]) => [name, tensor(data, dims)]);
      runs.run(head, { ln_final: last, ...Object.fromEntries(parts) }, ['logits']);
      times.push(performance.now() - began);
    }
    return times;
  },
};
export type ProductsWorker = typeof worker;
Comlink.expose(worker);
