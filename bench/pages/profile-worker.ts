import * as Comlink from 'comlink';
import * as ort from 'onnxruntime-web/wasm';
import { Runs } from '../../src/engine/backends/memory/runs';
import { Engine } from '../../src/engine/engine';
import type { Attribute, Node } from '../../src/engine/onnx/proto';
import { encodeModel } from '../../src/engine/onnx/proto';
import { parseConfig } from '../../src/gpt2/config';
import { readWeights } from '../../src/gpt2/weights';

/** Where the time of one kind of run goes, in milliseconds for each run of the whole. */
export interface Split {
  /** From asking the engine to its answer. */
  readonly whole: number;
  /** Inside runs of the blocks' sessions, of ln_f's and of the head's. */
  readonly blocks: number;
  readonly norm: number;
  readonly head: number;
}

let engine: Engine;
const spent = { blocks: 0, norm: 0, head: 0 };

/** Adds up what every run of a session takes, by what it computes. */
function watch(): void {
  const { call } = Runs.prototype;
  Runs.prototype.call = function (session, ...rest) {
    const names = session.outputNames;
    const kind = names.includes('logits') ? 'head' : names.includes('ln_final') ? 'norm' : 'blocks';
    const began = performance.now();
    const outputs = call.call(this, session, ...rest);
    spent[kind] += performance.now() - began;
    return outputs;
  };
}

const read = (ids: readonly number[]) =>
  engine.read({ ids, wants: [{ name: 'logits', position: ids.length - 1 }] });

async function split(runs: readonly (() => Promise<unknown>)[]): Promise<Split> {
  Object.assign(spent, { blocks: 0, norm: 0, head: 0 });
  const began = performance.now();
  for (const run of runs) await run();
  const count = runs.length;
  const { blocks, norm, head } = spent;
  return {
    whole: (performance.now() - began) / count,
    blocks: blocks / count,
    norm: norm / count,
    head: head / count,
  };
}

/** One operation alone in a session, with random weights. */
async function alone(
  op: string,
  x: readonly [number, number],
  weights: readonly (readonly number[])[],
  attributes: Record<string, Attribute>,
  rounds: number,
  prepack: boolean,
): Promise<number> {
  const names = weights.map((_, i) => `w${i}`);
  const nodes: Node[] = [{ op, inputs: ['x', ...names], outputs: ['y'], attributes }];
  const bytes = encodeModel({
    name: op,
    opset: 20,
    nodes,
    initializers: weights.map((dims, i) => ({
      name: `w${i}`,
      type: 'float',
      dims,
      content: { raw: new Uint8Array(random(dims.reduce((a, b) => a * b, 1)).buffer) },
    })),
    inputs: [{ name: 'x', type: 'float', dims: x }],
    outputs: [{ name: 'y', type: 'float', dims: ['a', 'b'] }],
  });
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: ['wasm'],
    logSeverityLevel: 3,
    extra: { session: prepack ? {} : { disable_prepacking: '1' } },
  });
  const feeds = { x: new ort.Tensor('float32', random(x[0] * x[1]), [...x]) };
  await session.run(feeds);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rounds; i++) {
    const began = performance.now();
    await session.run(feeds);
    best = Math.min(best, performance.now() - began);
  }
  await session.release();
  return best;
}

function random(n: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(n);
  for (let i = 0; i < n; i++) out[i] = Math.random() - 0.5;
  return out;
}

const worker = {
  async open(model: string, wasmPaths: string, threads: number): Promise<void> {
    watch();
    const config = parseConfig(await (await fetch(`${model}/config.json`)).json());
    const bytes = new Uint8Array(await (await fetch(`${model}/model.safetensors`)).arrayBuffer());
    engine = await Engine.open(
      { config, weights: readWeights(config, bytes) },
      { backend: 'wasm', wasmPaths, threads },
    );
  },

  /** One token after another behind a prompt. */
  async tokens(prompt: readonly number[], following: readonly number[]): Promise<Split> {
    await read(prompt);
    await read([...prompt, ...following.slice(0, 1)]);
    const grown = following.slice(1).map((_, i) => [...prompt, ...following.slice(0, i + 2)]);
    return split(grown.map((ids) => () => read(ids)));
  },

  prompts: (all: readonly (readonly number[])[]): Promise<Split> => split(all.map((ids) => () => read(ids))),

  /** The best of several times of each of the model's own operations, alone in a session. */
  async operations(rows: number, rounds: number): Promise<Record<string, number>> {
    const { n_embd: d, n_inner, vocab_size } = engine.config;
    const gemm = (n: number, m: number, prepack = true) =>
      alone('Gemm', [rows, n], [[n, m], [m]], {}, rounds, prepack);
    return {
      'a run that does nothing': await alone('Identity', [rows, d], [], {}, rounds, true),
      LayerNormalization: await alone(
        'LayerNormalization',
        [rows, d],
        [[d], [d]],
        { axis: -1 },
        rounds,
        true,
      ),
      Gelu: await alone('Gelu', [rows, n_inner], [], { approximate: 'tanh' }, rounds, true),
      c_attn: await gemm(d, 3 * d),
      'attn.c_proj': await gemm(d, d),
      c_fc: await gemm(d, n_inner),
      'mlp.c_proj': await gemm(n_inner, d),
      'c_fc, not prepacked': await gemm(d, n_inner, false),
      'mlp.c_proj, not prepacked': await gemm(n_inner, d, false),
      'head, as it is': await alone(
        'Gemm',
        [Math.min(rows, 1), d],
        [[vocab_size, d]],
        { transB: 1 },
        rounds,
        false,
      ),
      'head, by columns': await alone('Gemm', [Math.min(rows, 1), d], [[d, vocab_size]], {}, rounds, false),
    };
  },
};
export type ProfileWorker = typeof worker;
Comlink.expose(worker);
