import type * as Ort from 'onnxruntime-web';
import type { ActivationName } from '../../gpt2/activations';
import { ACTIVATIONS } from '../../gpt2/activations';
import type { Config } from '../../gpt2/config';
import type { Model } from '../../gpt2/reference';
import { sizeOf, withPadding } from '../affine';
import type { BackendName, Tensor } from '../api';
import { EngineError, messageOf } from '../errors';
import type { BlockVariant } from '../onnx/block';
import {
  ALL_KEY_OUTPUTS,
  BLOCK_OUTPUTS,
  biasOf,
  blockGraph,
  KEY_OUTPUTS,
  resultGraph,
  scaleOf,
} from '../onnx/block';
import { headGraph, headGraphByColumns, normGraph, rowsGraph } from '../onnx/final';
import type { Graph, WeightFile } from '../onnx/graph';
import { inMemory, type Supply } from '../supply';
import type { Affine, Backend, BlockAnswer, BlockRun, Keys } from './backend';
import { byHeads } from './heads';
import { Held, release } from './held';
import { causalMask, paddedKeys, withoutPadding, zeros } from './mask';

/** One build of onnxruntime-web, set up. Sessions of all models share it. */
export interface OrtRuntime {
  readonly name: BackendName;
  readonly label: string;
  readonly ort: typeof Ort;
  /** Options that every session takes. */
  readonly sessionOptions: Ort.InferenceSession.SessionOptions;
  /** What computes, if it is not the processor: numbers that nobody asked for stay there. */
  readonly device?: GPUDevice;
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
  /** Gives back one thing that is held on the device, once. */
  readonly #live = new Set<() => Promise<void>>();
  /** Zeros on the device, as many as a run may need for its padding. */
  #zeros: GPUBuffer | undefined;

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
    const past = positionsOf(run, n_embd); // P
    const width = paddedKeys(past + tokens); // W
    const feeds: Record<string, Ort.Tensor> = {
      resid_pre: this.#rows(run.residPre),
      mask: new this.runtime.ort.Tensor('bool', causalMask(tokens, past), [tokens, width]),
      ...(hooked ? this.#editFeeds(edits, tokens, width) : this.#pastFeeds(run, past, width)),
    };
    const asked = new Set<ActivationName>(names);
    const hold = !hooked && run.hold === true && this.runtime.device !== undefined;
    if (hold) asked.delete('resid_post');
    const keys = hooked ? [] : this.runtime.device ? ALL_KEY_OUTPUTS : KEY_OUTPUTS;
    const sources = new Map([...asked].map((name) => [name, hooked ? name : (IN_PLAIN.get(name) ?? name)]));
    const fetched = new Set<string>([...sources.values(), ...keys, ...(hold ? ['resid_post'] : [])]);
    const found = await this.#run(what, session, feeds, [...fetched]);

    const activations = new Map<ActivationName, Float32Array>();
    for (const [name, source] of sources) {
      const values = await this.#read(what, found.get(source) as Ort.Tensor);
      if (name === source) activations.set(name, withoutPaddedKeys(name, values, width, past + tokens));
      else if (name !== 'result') activations.set(name, byHeads(values, n_head, n_embd));
      else activations.set(name, await this.#resultOf(layer, values, tokens));
    }
    const stream = hold ? this.#held([found.get('resid_post') as Ort.Tensor]) : undefined;
    return { activations, ...(hooked ? {} : { keys: this.#keysOf(keys, found) }), ...(stream && { stream }) };
  }

  /** Keys and values that a run has given: arrays, or all of them, held. */
  #keysOf(names: readonly string[], found: ReadonlyMap<string, Ort.Tensor>): Keys | Held {
    const [k, v] = names.map((name) => found.get(name)) as [Ort.Tensor, Ort.Tensor];
    return this.runtime.device
      ? this.#held([k, v])
      : { k: k.data as Float32Array, v: v.data as Float32Array };
  }

  /** `result` [H, T, d_model] of what the heads put out, `z` [H, T, d_head]. */
  async #resultOf(layer: number, z: Float32Array, tokens: number): Promise<Float32Array> {
    const { n_embd, n_head } = this.model.config;
    const feeds = { z: this.#tensor({ dims: [n_head, tokens, n_embd / n_head], data: z }) };
    const what = `block ${layer}`;
    const found = await this.#run(what, await this.#result(layer), feeds, ['result']);
    return this.#read(what, found.get('result') as Ort.Tensor);
  }

  #pastFeeds({ past, tokens }: BlockRun, P: number, width: number): Record<string, Ort.Tensor> {
    const d = this.model.config.n_embd;
    const [k, v] = !past
      ? [zeros(0), zeros(0)]
      : 'held' in past
        ? (past.held.tensors as [Ort.Tensor, Ort.Tensor])
        : [past.k, past.v];
    const first = (rows: Float32Array | Ort.Tensor) =>
      rows instanceof Float32Array
        ? this.#tensor({ dims: [P, d], data: rows })
        : this.#onDevice(rows.gpuBuffer, [P, d]);
    return { past_k: first(k), past_v: first(v), padding: this.#padding(width - P - tokens) };
  }

  /** Rows of zeros [n, d_model], from where they lie already. */
  #padding(n: number): Ort.Tensor {
    const d = this.model.config.n_embd;
    const { device } = this.runtime;
    if (!device || n === 0) return this.#tensor({ dims: [n, d], data: zeros(n * d) });
    const { BYTES_PER_ELEMENT } = Float32Array;
    this.#zeros ??= device.createBuffer({
      size: paddedKeys(1) * d * BYTES_PER_ELEMENT,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    return this.#onDevice(this.#zeros, [n, d]);
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

  async runNorm(residPost: Float32Array | Held, hold = false): Promise<Float32Array | Held> {
    const feeds = { resid_post: this.#rows(residPost) };
    const found = await this.#run('ln_f', await this.#norm(), feeds, ['ln_final']);
    const lnFinal = found.get('ln_final') as Ort.Tensor;
    return hold && this.runtime.device ? this.#held([lnFinal]) : this.#read('ln_f', lnFinal);
  }

  async runHead(lnFinal: Float32Array | Held, rows?: readonly number[]): Promise<Float32Array> {
    const picked = rows && lnFinal instanceof Held ? await this.#picked(lnFinal, rows) : lnFinal;
    try {
      const feeds = { ln_final: this.#rows(picked) };
      const found = await this.#run(HEAD, await this.#head(), feeds, ['logits']);
      return await this.#read(HEAD, found.get('logits') as Ort.Tensor);
    } finally {
      if (picked !== lnFinal) release(picked);
    }
  }

  /** Some rows of what is held, held. */
  async #picked(held: Held, rows: readonly number[]): Promise<Held> {
    const all = held.tensors[0] as Ort.Tensor;
    if (rows.length === all.dims[0] && rows.every((row, i) => row === i)) return held;
    const feeds = {
      x: this.#rows(held),
      rows: new this.runtime.ort.Tensor('int32', Int32Array.from(rows), [rows.length]),
    };
    const found = await this.#run('rows', await this.#pick(), feeds, ['picked']);
    return this.#held([found.get('picked') as Ort.Tensor]);
  }

  async dispose(): Promise<void> {
    // What is held belongs to the sessions' device, and must not outlive them.
    for (const free of this.#live) await this.runtime.exclusive(free).catch(() => {});
    this.#zeros?.destroy();
    this.#zeros = undefined;
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const made of sessions) {
      // A session that could not be made, or whose device is gone, holds nothing to give back.
      await made.then((session) => this.runtime.exclusive(() => session.release())).catch(() => {});
    }
  }

  #block(layer: number, variant: BlockVariant): Promise<Ort.InferenceSession> {
    const held = variant === 'plain' ? ['resid_post', ...ALL_KEY_OUTPUTS] : [];
    return this.#session(`block ${layer}, ${variant}`, () => this.#graphs[variant](), `h.${layer}.`, held);
  }
  #result(layer: number): Promise<Ort.InferenceSession> {
    return this.#session(`results of block ${layer}`, () => this.#graphs.result(), `h.${layer}.`);
  }
  #norm(): Promise<Ort.InferenceSession> {
    return this.#session('ln_f', () => this.#graphs.norm(), '', ['ln_final']);
  }
  #pick(): Promise<Ort.InferenceSession> {
    return this.#session('rows', () => this.#graphs.rows(), '', ['picked']);
  }
  #head(): Promise<Ort.InferenceSession> {
    return this.#session(HEAD, () => this.#graphs.head(), '');
  }

  /**
   * A session by what it computes, made on first use. A failure is not remembered, so that one may try again.
   * @param held outputs that stay on the device
   */
  #session(
    what: string,
    graph: () => Graph,
    prefix: string,
    held: readonly string[] = [],
  ): Promise<Ort.InferenceSession> {
    const known = this.#sessions.get(what);
    if (known) return known;
    const made = this.#create(what, graph(), prefix, held);
    this.#sessions.set(what, made);
    made.catch(() => this.#sessions.delete(what));
    return made;
  }

  async #create(
    what: string,
    graph: Graph,
    prefix: string,
    held: readonly string[],
  ): Promise<Ort.InferenceSession> {
    // ORT copies matrices into an order of its own when it opens a session. For the head, the largest matrix by far,
    // that takes several times as long and twice the memory, and runs over one row or sixteen gain nothing.
    const extra = { session: what === HEAD ? { disable_prepacking: '1' } : {} };
    const places =
      this.runtime.device && held.length > 0
        ? { preferredOutputLocation: Object.fromEntries(held.map((name) => [name, 'gpu-buffer' as const])) }
        : {};
    try {
      // One after the other, so that no more than one block's parameters are in memory twice.
      return await this.runtime.exclusive(async () => {
        const externalData = await Promise.all(graph.files.map((file) => this.#external(file, prefix)));
        const options = { ...this.runtime.sessionOptions, ...places, extra, externalData };
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
  ): Promise<Map<string, Ort.Tensor>> {
    try {
      const outputs = await this.runtime.exclusive(() => session.run(feeds, names));
      return new Map(names.map((name) => [name, outputs[name] as Ort.Tensor]));
    } catch (cause) {
      throw new EngineError('run', `${this.label} could not run ${what}: ${messageOf(cause)}`, { cause });
    }
  }

  /** The numbers of an output, wherever it lies; what lay on the device is gone from there afterwards. */
  async #read(what: string, output: Ort.Tensor): Promise<Float32Array> {
    if (output.location === 'cpu') return output.data as Float32Array;
    try {
      return (await this.runtime.exclusive(() => output.getData(true))) as Float32Array;
    } catch (cause) {
      throw new EngineError('run', `${this.label} could not read ${what}: ${messageOf(cause)}`, { cause });
    }
  }

  /** Outputs that stay on the device. Nothing is given back while something runs. */
  #held(tensors: readonly Ort.Tensor[]): Held {
    const free = async () => {
      if (!this.#live.delete(free)) return;
      for (const tensor of tensors) tensor.dispose();
    };
    this.#live.add(free);
    // A device that is gone holds nothing to give back.
    return new Held(this, tensors, () => void this.runtime.exclusive(free).catch(() => {}));
  }

  /** [R, d_model] as an input. */
  #rows(rows: Float32Array | Held): Ort.Tensor {
    if (rows instanceof Held) return rows.tensors[0] as Ort.Tensor;
    const d = this.model.config.n_embd;
    return this.#tensor({ dims: [rows.length / d, d], data: rows });
  }

  /** The first numbers of a buffer. */
  #onDevice(gpuBuffer: Ort.Tensor.GpuBufferType, dims: readonly number[]): Ort.Tensor {
    return this.runtime.ort.Tensor.fromGpuBuffer(gpuBuffer, { dataType: 'float32', dims });
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

/** What the plain variant does not put out, and what of it says the same. */
const IN_PLAIN = new Map<ActivationName, string>([
  ['k', 'k_rows'],
  ['v', 'v_rows'],
  ['result', 'z'],
]);

function withoutPaddedKeys(
  name: ActivationName,
  values: Float32Array,
  width: number,
  keys: number,
): Float32Array {
  return OVER_KEYS.has(name) ? withoutPadding(values, width, keys) : values;
}

/** P: how many positions came before. */
function positionsOf({ past }: BlockRun, d: number): number {
  if (!past) return 0;
  return 'held' in past ? past.positions : past.k.length / d;
}

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
    rows: once(rowsGraph),
    head: once((config) =>
      name === 'wasm' ? headGraphByColumns(config, head) : headGraph(config, head, largestBuffer),
    ),
  };
}
