import type * as Ort from 'onnxruntime-web';
import type { ActivationName } from '../../gpt2/activations';
import { ACTIVATIONS } from '../../gpt2/activations';
import type { Config } from '../../gpt2/config';
import type { Model } from '../../gpt2/reference';
import type { BackendName, Tensor } from '../api';
import { EngineError, messageOf } from '../errors';
import type { BlockVariant } from '../onnx/block';
import { BLOCK_OUTPUTS, biasOf, blockGraph, resultGraph, scaleOf } from '../onnx/block';
import { headGraph, normGraph } from '../onnx/final';
import type { Graph } from '../onnx/graph';
import type { Backend, BlockRun } from './backend';
import { causalMask } from './mask';

/** One build of onnxruntime-web, set up. Sessions of all models share it. */
export interface OrtRuntime {
  readonly name: BackendName;
  readonly label: string;
  readonly ort: typeof Ort;
  /** Options that every session takes. */
  readonly sessionOptions: Ort.InferenceSession.SessionOptions;
  /** The largest weight, in bytes, that the device takes in one piece. */
  readonly largestBuffer: number;
  /**
   * Runs `task` when all tasks before it are done: neither creating nor running a session may overlap with another.
   * Rejects at once when the device is gone.
   */
  exclusive<T>(task: () => Promise<T>): Promise<T>;
}

/** GPT-2 on onnxruntime-web: a session for each block, one for ln_f, one for the head. */
export class OrtBackend implements Backend {
  readonly name: BackendName;
  readonly label: string;
  readonly #sessions = new Map<string, Promise<Ort.InferenceSession>>();
  readonly #graphs: ReturnType<typeof graphsOf>;

  constructor(
    private readonly model: Model,
    private readonly runtime: OrtRuntime,
  ) {
    this.name = runtime.name;
    this.label = runtime.label;
    this.#graphs = graphsOf(model, runtime.largestBuffer);
  }

  async prepareBlock(layer: number): Promise<void> {
    await this.#block(layer, 'plain');
  }

  async prepareFinal(): Promise<void> {
    await this.#norm();
    await this.#head();
  }

  async runBlock({
    layer,
    residPre,
    tokens,
    names,
    edits,
  }: BlockRun): Promise<Map<ActivationName, Float32Array>> {
    const { n_embd, n_head } = this.model.config;
    const what = `block ${layer}`;
    const variant: BlockVariant = edits.size > 0 ? 'hooked' : 'plain';
    const session = await this.#block(layer, variant);
    const none: Tensor = { dims: [n_head, 0, n_embd / n_head], data: new Float32Array(0) };
    const feeds: Record<string, Ort.Tensor> = {
      resid_pre: this.#tensor({ dims: [tokens, n_embd], data: residPre }),
      past_k: this.#tensor(none),
      past_v: this.#tensor(none),
      mask: new this.runtime.ort.Tensor('bool', causalMask(tokens), [tokens, tokens]),
    };
    if (variant === 'hooked') {
      for (const name of BLOCK_OUTPUTS) {
        const edit = edits.get(name);
        feeds[scaleOf(name)] = this.#tensor(edit?.scale ?? this.#constant(name, 1));
        feeds[biasOf(name)] = this.#tensor(edit?.bias ?? this.#constant(name, 0));
      }
    }
    const separateResult = variant === 'plain' && names.includes('result');
    const asked = new Set<ActivationName>(names);
    if (separateResult) {
      asked.delete('result');
      asked.add('z');
    }
    const found = await this.#run(what, session, feeds, [...asked]);
    if (separateResult) {
      const z: Tensor = { dims: [n_head, tokens, n_embd / n_head], data: found.get('z') as Float32Array };
      const heads = await this.#run(what, await this.#result(layer), { z: this.#tensor(z) }, ['result']);
      found.set('result', heads.get('result') as Float32Array);
    }
    return found;
  }

  async runNorm(residPost: Float32Array): Promise<Float32Array> {
    const d = this.model.config.n_embd;
    const feeds = { resid_post: this.#tensor({ dims: [residPost.length / d, d], data: residPost }) };
    const found = await this.#run('ln_f', await this.#norm(), feeds, ['ln_final']);
    return found.get('ln_final') as Float32Array;
  }

  async runHead(lnFinal: Float32Array): Promise<Float32Array> {
    const d = this.model.config.n_embd;
    const feeds = { ln_final: this.#tensor({ dims: [lnFinal.length / d, d], data: lnFinal }) };
    const found = await this.#run(HEAD, await this.#head(), feeds, ['logits']);
    return found.get('logits') as Float32Array;
  }

  async dispose(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const made of sessions) {
      // A session that could not be made, or whose device is gone, holds nothing to give back.
      await made.then((session) => this.runtime.exclusive(() => session.release())).catch(() => {});
    }
  }

  #block(layer: number, variant: BlockVariant): Promise<Ort.InferenceSession> {
    return this.#session(`block ${layer}, ${variant}`, () => this.#graphs[variant](), `h.${layer}.`);
  }
  #result(layer: number): Promise<Ort.InferenceSession> {
    return this.#session(`results of block ${layer}`, () => this.#graphs.result(), `h.${layer}.`);
  }
  #norm(): Promise<Ort.InferenceSession> {
    return this.#session('ln_f', () => this.#graphs.norm(), '');
  }
  #head(): Promise<Ort.InferenceSession> {
    return this.#session(HEAD, () => this.#graphs.head(), '');
  }

  /** A session by what it computes, made on first use. A failure is not remembered, so that one may try again. */
  #session(what: string, graph: () => Graph, prefix: string): Promise<Ort.InferenceSession> {
    const known = this.#sessions.get(what);
    if (known) return known;
    const made = this.#create(what, graph(), prefix);
    this.#sessions.set(what, made);
    made.catch(() => this.#sessions.delete(what));
    return made;
  }

  async #create(what: string, graph: Graph, prefix: string): Promise<Ort.InferenceSession> {
    const externalData = graph.files.map(({ path, parameter, rows }) => {
      const numbers = this.model.weights.get(prefix + parameter);
      const d = this.model.config.n_embd;
      return { path, data: bytesOf(rows ? numbers.subarray(rows[0] * d, rows[1] * d) : numbers) };
    });
    // ORT copies matrices into an order of its own when it opens a session. For the head, the largest matrix by far,
    // that takes several times as long and twice the memory, and runs over one row or sixteen gain nothing.
    const extra = { session: what === HEAD ? { disable_prepacking: '1' } : {} };
    const options = { ...this.runtime.sessionOptions, extra, externalData };
    try {
      return await this.runtime.exclusive(() =>
        this.runtime.ort.InferenceSession.create(graph.bytes, options),
      );
    } catch (cause) {
      throw new EngineError('run', `${this.label} could not prepare ${what}: ${messageOf(cause)}`, { cause });
    }
  }

  async #run(
    what: string,
    session: Ort.InferenceSession,
    feeds: Record<string, Ort.Tensor>,
    names: readonly ActivationName[],
  ): Promise<Map<ActivationName, Float32Array>> {
    try {
      const outputs = await this.runtime.exclusive(() => session.run(feeds, names));
      return new Map(names.map((name) => [name, outputs[name]?.data as Float32Array]));
    } catch (cause) {
      throw new EngineError('run', `${this.label} could not run ${what}: ${messageOf(cause)}`, { cause });
    }
  }

  #tensor({ dims, data }: Tensor): Ort.Tensor {
    return new this.runtime.ort.Tensor('float32', data, dims);
  }

  /** A scale or bias that does nothing, of the rank that the hook of `name` expects. */
  #constant(name: ActivationName, value: number): Tensor {
    return { dims: RANKS.get(name) ?? [1], data: Float32Array.of(value) };
  }
}

const HEAD = 'the output head';

/** A shape of ones for each activation that a hook may write into. */
const RANKS = new Map<ActivationName, readonly number[]>(
  BLOCK_OUTPUTS.map((name) => [name, ACTIVATIONS[name].shape.map(() => 1)]),
);

const bytesOf = (numbers: Float32Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** The graphs of one model, each built once and on first use. */
function graphsOf({ config, weights }: Model, largestBuffer: number) {
  const once = (build: (config: Config) => Graph) => {
    let graph: Graph | undefined;
    return () => {
      graph ??= build(config);
      return graph;
    };
  };
  const head = weights.tied ? 'wte.weight' : 'lm_head.weight';
  return {
    plain: once((config) => blockGraph(config, 'plain')),
    hooked: once((config) => blockGraph(config, 'hooked')),
    result: once(resultGraph),
    norm: once(normGraph),
    head: once((config) => headGraph(config, head, largestBuffer)),
  };
}
