import type * as Ort from 'onnxruntime-web';
import type { ActivationName } from '../../gpt2/activations';
import { ACTIVATIONS } from '../../gpt2/activations';
import { headWidth } from '../../gpt2/config';
import type { Model } from '../../gpt2/reference';
import { sizeOf, withPadding } from '../affine';
import type { BackendName, Tensor } from '../api';
import { EngineError, messageOf } from '../errors';
import { BLOCK_OUTPUTS, biasOf, scaleOf } from '../onnx/block';
import { headRow } from '../onnx/final';
import { inMemory, type Supply } from '../supply';
import type { Affine, Backend, BlockAnswer, BlockRun, ChainAnswer, ChainRun } from './backend';
import { byHeads } from './heads';
import { Held, type HeldTensors, release } from './held';
import { paddedKeys, withoutPadding, zeros } from './mask';
import { Chain, type FinalLinks } from './memory/chain';
import { LongRuns } from './memory/long-runs';
import { TapePasts } from './memory/pasts';
import { DevicePasts, type PastRun, type Pasts, RowPasts } from './pasts';
import type { OrtRuntime } from './runtime';
import { HEAD, NORM, Sessions } from './sessions';
import { type Stay, type Staying, stayInMemory, stayOnDevice } from './stay';
import { Tensors } from './tensors';

/** What is smaller than this may as well be in memory twice. */
const LARGE_BYTES = 1 << 23;

/** GPT-2 on onnxruntime-web: a session for each block, one for ln_f, one for the head. */
export class OrtBackend implements Backend {
  readonly name: BackendName;
  readonly label: string;
  readonly reusesKeys = true;
  readonly #sessions: Sessions;
  readonly #tensors: Tensors;
  readonly #pasts: Pasts;
  readonly #stay?: Stay;
  readonly #longRuns?: LongRuns;
  readonly runChain?: (run: ChainRun) => Promise<ChainAnswer>;

  constructor(
    private readonly model: Model,
    private readonly runtime: OrtRuntime,
    private readonly supply: Supply = inMemory(model),
  ) {
    this.name = runtime.name;
    this.label = runtime.label;
    this.#sessions = new Sessions(model, runtime, supply);
    this.#tensors = new Tensors(runtime, model.config.n_embd, this);
    const { device, inMemory, apart } = runtime;
    const { n_embd, n_head } = model.config;
    if (device) {
      this.#pasts = new DevicePasts(this.#tensors, n_embd);
      this.#stay = stayOnDevice(this.#tensors);
    } else if (!inMemory || apart) this.#pasts = new RowPasts(this.#tensors, n_embd);
    else {
      const shape = { heads: n_head, headWidth: headWidth(model.config) };
      const pasts = new TapePasts(this.#tensors, inMemory.memory, shape, model.config.n_layer, this);
      const { memory, runs } = inMemory;
      const chain = new Chain(this.#tensors, pasts, memory, runs);
      this.#pasts = pasts;
      this.#stay = stayInMemory(this.#tensors, memory, n_embd, this);
      this.#longRuns = new LongRuns(this.#tensors, pasts, memory, runs, n_embd, this);
      this.runChain = (run) => this.#runChain(chain, run);
    }
  }

  /** A tied head's matrix is the embedding's. Of a small one there is an array: it need not wait for ONNX Runtime to start. */
  async prepareEmbedding(): Promise<void> {
    const { inMemory, apart } = this.runtime;
    const { config, weights } = this.model;
    const bytes = Float32Array.BYTES_PER_ELEMENT * config.vocab_size * config.n_embd;
    const shared = inMemory && !apart && weights.tied && bytes >= LARGE_BYTES;
    const matrix = shared ? await this.#sessions.headMatrix() : undefined;
    await this.supply.holdEmbedding?.(matrix && ((from, to) => matrix.rows(from, to)));
  }

  async prepareBlock(layer: number): Promise<void> {
    await this.#sessions.block(layer, this.#pasts.variant);
  }

  async prepareFinal(): Promise<void> {
    await this.#sessions.norm();
    await this.#sessions.head();
    await this.#sessions.headMatrix();
  }

  async runBlock(run: BlockRun): Promise<BlockAnswer> {
    const { layer, edits } = run;
    const variant = edits.size > 0 ? 'hooked' : this.#pasts.variant;
    const session = await this.#sessions.block(layer, variant);
    if (this.#longRuns?.takes(run)) return this.#runLong(this.#longRuns, session, run);
    const past = variant === 'hooked' ? undefined : this.#begin(run);
    const staying = past && run.hold ? this.#stay?.(run.tokens - (past.first ?? 0)) : undefined;
    try {
      return await this.#run(run, session, past, staying);
    } catch (error) {
      staying?.drop();
      past?.drop();
      throw error;
    }
  }

  async #runLong(long: LongRuns, session: Ort.InferenceSession, run: BlockRun): Promise<BlockAnswer> {
    try {
      return await this.runtime.exclusive(async () => long.run(session, run));
    } catch (cause) {
      throw this.#failure(`block ${run.layer}`, cause);
    }
  }

  async #runChain(chain: Chain, run: ChainRun): Promise<ChainAnswer> {
    const [from, to] = run.blocks;
    const layers = Array.from({ length: to - from }, (_, i) => from + i);
    const [blocks, final] = await Promise.all([
      Promise.all(layers.map((layer) => this.#sessions.block(layer, 'tape'))),
      run.logitsOf && this.#finalLinks(),
    ]);
    return this.runtime.exclusive(async () =>
      chain.run({ blocks, final }, run, (what, cause) => this.#failure(what, cause)),
    );
  }

  async #finalLinks(): Promise<FinalLinks | undefined> {
    const [norm, head, matrix] = await Promise.all([
      this.#sessions.norm(),
      this.#sessions.head(),
      this.#sessions.headMatrix(),
    ]);
    return matrix && { norm, head, matrix, config: this.model.config };
  }

  #begin(run: BlockRun): PastRun {
    try {
      return this.#pasts.begin(run);
    } catch (cause) {
      throw this.#failure(`block ${run.layer}`, cause);
    }
  }

  async #run(
    run: BlockRun,
    session: Ort.InferenceSession,
    past: PastRun | undefined,
    staying: Staying | undefined,
  ): Promise<BlockAnswer> {
    const { layer, tokens, names, edits } = run;
    const { n_embd, n_head } = this.model.config;
    const what = `block ${layer}`;
    const { positions, width } = past ?? { positions: 0, width: paddedKeys(tokens) }; // P, W
    const feeds: Record<string, Ort.Tensor> = {
      resid_pre: this.#tensors.rows(run.residPre),
      ...(past?.feeds ?? this.#editFeeds(edits, tokens, width)),
    };
    const asked = new Set<ActivationName>(names);
    if (staying) asked.delete('resid_post');
    const sources = new Map([...asked].map((name) => [name, past ? this.#sourceOf(name) : name]));
    const fetched = new Set([
      ...sources.values(),
      ...(past?.outputs ?? []),
      ...(staying ? ['resid_post'] : []),
    ]);
    const placed = { ...past?.placed, ...staying?.placed };
    const found = await this.#compute(what, session, feeds, [...fetched], placed);

    const activations = new Map<ActivationName, Float32Array>();
    for (const [name, source] of sources) {
      const values = await this.#tensors.read(what, found.get(source) as Ort.Tensor);
      if (name === source) activations.set(name, withoutPaddedKeys(name, values, width, positions + tokens));
      else if (name !== 'result') activations.set(name, byHeads(values, n_head, n_embd));
      else activations.set(name, await this.#resultOf(layer, values, tokens));
    }
    const stream = staying?.held(found);
    return {
      activations,
      ...(past && { keys: past.keys(found), first: past.first }),
      ...(stream && { stream }),
    };
  }

  /** The output that an activation is made of, where there are no edits. */
  #sourceOf(name: ActivationName): string {
    if (name === 'result') return 'z';
    return (this.#pasts.variant === 'plain' && IN_PLAIN.get(name)) || name;
  }

  /** `result` [H, T, d_model] of what the heads put out, `z` [H, T, d_head]. */
  async #resultOf(layer: number, z: Float32Array, tokens: number): Promise<Float32Array> {
    const { n_embd, n_head } = this.model.config;
    const feeds = { z: this.#tensors.of({ dims: [n_head, tokens, n_embd / n_head], data: z }) };
    const what = `block ${layer}`;
    const found = await this.#compute(what, await this.#sessions.result(layer), feeds, ['result']);
    return this.#tensors.read(what, found.get('result') as Ort.Tensor);
  }

  #editFeeds(
    edits: ReadonlyMap<ActivationName, Affine>,
    tokens: number,
    width: number,
  ): Record<string, Ort.Tensor> {
    const { n_embd, n_head } = this.model.config;
    const padding = [n_head, width - tokens, n_embd / n_head];
    const feeds = {
      mask: this.#tensors.mask(tokens, 0, width),
      padding: this.#tensors.of({ dims: padding, data: zeros(sizeOf(padding)) }),
    };
    for (const name of BLOCK_OUTPUTS) {
      const edit = edits.get(name);
      const sparing = (tensor: Tensor, neutral: number) =>
        OVER_KEYS.has(name) ? withPadding(tensor, tokens, width, neutral) : tensor;
      const scale = edit ? sparing(edit.scale, 1) : this.#constant(name, 1);
      const bias = edit
        ? sparing(edit.bias, name === 'attn_scores' ? BELOW_MASKED : 0)
        : this.#constant(name, 0);
      Object.assign(feeds, {
        [scaleOf(name)]: this.#tensors.of(scale),
        [biasOf(name)]: this.#tensors.of(bias),
      });
    }
    return feeds;
  }

  async runNorm(residPost: Float32Array | Held, hold = false): Promise<Float32Array | Held> {
    const feeds = { resid_post: this.#tensors.rows(residPost) };
    const found = await this.#compute(NORM, await this.#sessions.norm(), feeds, ['ln_final']);
    const lnFinal = found.get('ln_final') as Ort.Tensor;
    return hold && this.runtime.device ? this.#tensors.hold([lnFinal]) : this.#tensors.read(NORM, lnFinal);
  }

  async runHead(lnFinal: Float32Array | Held, rows?: readonly number[]): Promise<Float32Array> {
    const picked = rows && lnFinal instanceof Held ? await this.#picked(lnFinal, rows) : lnFinal;
    try {
      const matrix = await this.#sessions.headMatrix();
      const parts = matrix?.inputs ?? [];
      const feeds = {
        ln_final: this.#tensors.rows(picked),
        ...Object.fromEntries(parts.map(([name, part]) => [name, this.#tensors.of(part)])),
      };
      const found = await this.#compute(HEAD, await this.#sessions.head(), feeds, ['logits']);
      const logits = await this.#tensors.read(HEAD, found.get('logits') as Ort.Tensor);
      const { config } = this.model;
      return matrix ? withoutPadding(logits, headRow(config), config.vocab_size) : logits;
    } finally {
      if (picked !== lnFinal) release(picked);
    }
  }

  /** Some rows of what is held, held. */
  async #picked(held: Held, rows: readonly number[]): Promise<Held> {
    const all = (held as HeldTensors).tensors[0] as Ort.Tensor;
    if (rows.length === all.dims[0] && rows.every((row, i) => row === i)) return held;
    const feeds = {
      x: this.#tensors.rows(held),
      rows: this.#tensors.indices(rows),
    };
    const found = await this.#compute('rows', await this.#sessions.rows(), feeds, ['picked']);
    return this.#tensors.hold([found.get('picked') as Ort.Tensor]);
  }

  async dispose(): Promise<void> {
    await this.#tensors.dispose(); // what is held must not outlive the sessions
    await this.#sessions.dispose();
  }

  async #compute(
    what: string,
    session: Ort.InferenceSession,
    feeds: Record<string, Ort.Tensor>,
    names: readonly string[],
    placed?: Readonly<Record<string, Ort.Tensor>>,
  ): Promise<ReadonlyMap<string, Ort.Tensor>> {
    const { inMemory, exclusive } = this.runtime;
    try {
      if (inMemory) return await exclusive(async () => inMemory.runs.run(session, feeds, names, placed));
      const outputs = await exclusive(() => session.run(feeds, names));
      return new Map(names.map((name) => [name, outputs[name] as Ort.Tensor]));
    } catch (cause) {
      throw this.#failure(what, cause);
    }
  }

  #failure(what: string, cause: unknown): EngineError {
    return new EngineError('run', `${this.label} could not run ${what}: ${messageOf(cause)}`, { cause });
  }

  /** A scale or bias that does nothing, of the rank that the hook of `name` expects. */
  #constant(name: ActivationName, value: number): Tensor {
    return { dims: RANKS.get(name) ?? [1], data: Float32Array.of(value) };
  }
}

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

/** What the plain variant puts out by position, and not by head. */
const IN_PLAIN = new Map<ActivationName, string>([
  ['k', 'k_rows'],
  ['v', 'v_rows'],
]);

function withoutPaddedKeys(
  name: ActivationName,
  values: Float32Array,
  width: number,
  keys: number,
): Float32Array {
  return OVER_KEYS.has(name) ? withoutPadding(values, width, keys) : values;
}
