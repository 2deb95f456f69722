import type * as Ort from 'onnxruntime-web';
import type { ActivationName } from '../../gpt2/activations';
import { ACTIVATIONS } from '../../gpt2/activations';
import type { Config } from '../../gpt2/config';
import type { Model } from '../../gpt2/reference';
import { sizeOf, withPadding } from '../affine';
import type { BackendName, Tensor } from '../api';
import { EngineError, messageOf } from '../errors';
import type { BlockVariant } from '../onnx/block';
import { BLOCK_OUTPUTS, biasOf, blockGraph, KEY_OUTPUTS, resultGraph, scaleOf } from '../onnx/block';
import { headGraph, headGraphByColumns, normGraph } from '../onnx/final';
import type { Graph, WeightFile } from '../onnx/graph';
import { inMemory, type Supply } from '../supply';
import type { Affine, Backend, BlockAnswer, BlockRun } from './backend';
import { causalMask, paddedKeys, withoutPadding, zeros } from './mask';

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
  readonly reusesKeys = true;
  readonly #sessions = new Map<string, Promise<Ort.InferenceSession>>();
  readonly #graphs: ReturnType<typeof graphsOf>;

  constructor(
    private readonly model: Model,
    private readonly runtime: OrtRuntime,
    private readonly supply: Supply = inMemory(model),
  ) {
    this.name = runtime.name;
    this.label = runtime.label;
    this.#graphs = graphsOf(model, runtime);
  }

  async prepareBlock(layer: number): Promise<void> {
    await this.#block(layer, 'plain');
  }

  async prepareFinal(): Promise<void> {
    await this.#norm();
    await this.#head();
  }

  async runBlock(run: BlockRun): Promise<BlockAnswer> {
    const { layer, tokens, names, edits } = run;
    const { n_embd, n_head } = this.model.config;
    const what = `block ${layer}`;
    const hooked = edits.size > 0;
    const session = await this.#block(layer, hooked ? 'hooked' : 'plain');
    const past = (run.past?.k.length ?? 0) / n_embd; // P
    const width = paddedKeys(past + tokens); // W
    const feeds: Record<string, Ort.Tensor> = {
      resid_pre: this.#tensor({ dims: [tokens, n_embd], data: run.residPre }),
      mask: new this.runtime.ort.Tensor('bool', causalMask(tokens, past), [tokens, width]),
      ...(hooked ? this.#editFeeds(edits, tokens, width) : this.#pastFeeds(run, past, width)),
    };
    const separateResult = !hooked && names.includes('result');
    const asked = new Set<ActivationName>(names);
    if (separateResult) {
      asked.delete('result');
      asked.add('z');
    }
    const fetched = hooked ? [...asked] : [...asked, ...KEY_OUTPUTS];
    const found = await this.#run(what, session, feeds, fetched);
    const activations = new Map([...asked].map((name) => [name, found.get(name) as Float32Array]));
    if (separateResult) {
      const z: Tensor = { dims: [n_head, tokens, n_embd / n_head], data: found.get('z') as Float32Array };
      const heads = await this.#run(what, await this.#result(layer), { z: this.#tensor(z) }, ['result']);
      activations.set('result', heads.get('result') as Float32Array);
    }
    for (const name of OVER_KEYS) {
      const padded = activations.get(name);
      if (padded) activations.set(name, withoutPadding(padded, width, past + tokens));
    }
    if (hooked) return { activations };
    const [k, v] = KEY_OUTPUTS.map((name) => found.get(name)) as [Float32Array, Float32Array];
    return { activations, keys: { k, v } };
  }

  #pastFeeds({ past, tokens }: BlockRun, P: number, width: number): Record<string, Ort.Tensor> {
    const d = this.model.config.n_embd;
    const rows = (n: number, data = zeros(n * d)) => this.#tensor({ dims: [n, d], data });
    return { past_k: rows(P, past?.k), past_v: rows(P, past?.v), padding: rows(width - P - tokens) };
  }

  #editFeeds(
    edits: ReadonlyMap<ActivationName, Affine>,
    tokens: number,
    width: number,
  ): Record<string, Ort.Tensor> {
    const { n_embd, n_head } = this.model.config;
    const padding = [n_head, width - tokens, n_embd / n_head];
    const feeds = { padding: this.#tensor({ dims: padding, data: zeros(sizeOf(padding)) }) };
    for (const name of BLOCK_OUTPUTS) {
      const edit = edits.get(name);
      const sparing = (tensor: Tensor, neutral: number) =>
        OVER_KEYS.has(name) ? withPadding(tensor, tokens, width, neutral) : tensor;
      const scale = edit ? sparing(edit.scale, 1) : this.#constant(name, 1);
      const bias = edit
        ? sparing(edit.bias, name === 'attn_scores' ? BELOW_MASKED : 0)
        : this.#constant(name, 0);
      Object.assign(feeds, { [scaleOf(name)]: this.#tensor(scale), [biasOf(name)]: this.#tensor(bias) });
    }
    return feeds;
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
    // ORT copies matrices into an order of its own when it opens a session. For the head, the largest matrix by far,
    // that takes several times as long and twice the memory, and runs over one row or sixteen gain nothing.
    const extra = { session: what === HEAD ? { disable_prepacking: '1' } : {} };
    try {
      // One after the other, so that no more than one block's parameters are in memory twice.
      return await this.runtime.exclusive(async () => {
        const externalData = await Promise.all(graph.files.map((file) => this.#external(file, prefix)));
        const options = { ...this.runtime.sessionOptions, extra, externalData };
        return this.runtime.ort.InferenceSession.create(graph.bytes, options);
      });
    } catch (cause) {
      throw new EngineError('run', `${this.label} could not prepare ${what}: ${messageOf(cause)}`, { cause });
    }
  }

  async #external({ path, parameter, rows, columns }: WeightFile, prefix: string) {
    const numbers = await this.supply.read(prefix + parameter);
    const d = this.model.config.n_embd;
    if (columns) return { path, data: bytesOf(columnsOf(numbers, d, columns)) };
    return { path, data: bytesOf(rows ? numbers.subarray(rows[0] * d, rows[1] * d) : numbers) };
  }

  async #run(
    what: string,
    session: Ort.InferenceSession,
    feeds: Record<string, Ort.Tensor>,
    names: readonly string[],
  ): Promise<Map<string, Float32Array>> {
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

/** Beside this even a row that an edit has masked altogether leaves the padding nothing of its softmax. */
const BELOW_MASKED = -3e38;

/** Activations whose rows run over the keys, and so over the padding behind them. */
const OVER_KEYS = new Set(
  BLOCK_OUTPUTS.filter((name) => {
    const shape: readonly string[] = ACTIVATIONS[name].shape;
    return shape.at(-1) === 'T';
  }),
);

const bytesOf = (numbers: Float32Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** Rows at a time when a matrix is turned round: as many as a line of the cache has numbers. */
const LINE = 16;

/** Columns of a matrix whose rows have `d` numbers, each as a row of `width` numbers. */
function columnsOf(
  numbers: Float32Array,
  d: number,
  { from, to, width }: NonNullable<WeightFile['columns']>,
): Float32Array {
  const rows = numbers.length / d;
  const out = new Float32Array((to - from) * width);
  for (let top = 0; top < rows; top += LINE) {
    const bottom = Math.min(top + LINE, rows);
    for (let column = from; column < to; column++) {
      const at = (column - from) * width;
      for (let row = top; row < bottom; row++) out[at + row] = numbers[row * d + column] as number;
    }
  }
  return out;
}

/** The graphs of one model, each built once and on first use. */
function graphsOf({ config, weights }: Model, { name, largestBuffer }: OrtRuntime) {
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
    head: once((config) =>
      name === 'wasm' ? headGraphByColumns(config, head) : headGraph(config, head, largestBuffer),
    ),
  };
}
