import type * as Ort from 'onnxruntime-web';
import type { Config } from '../../gpt2/config';
import type { Model } from '../../gpt2/reference';
import { EngineError, messageOf } from '../errors';
import type { BlockVariant } from '../onnx/block';
import { ALL_KEY_OUTPUTS, blockGraph, resultGraph } from '../onnx/block';
import { headGraph, headGraphByColumns, normGraph, rowsGraph } from '../onnx/final';
import type { Graph, WeightFile } from '../onnx/graph';
import type { Supply } from '../supply';
import { HeadMatrix } from './memory/head-matrix';
import type { Memory } from './memory/memory';
import type { OrtRuntime } from './runtime';
import { Scratch } from './scratch';

/** What a session computes, for messages. */
export const NORM = 'ln_f';
export const HEAD = 'the output head';

/** ONNX Runtime's sessions of one model, each made when it is first needed. */
export class Sessions {
  readonly #sessions = new Map<string, Promise<Ort.InferenceSession>>();
  readonly #graphs: ReturnType<typeof graphsOf>;
  #headMatrix: Promise<HeadMatrix> | undefined;
  /** ONNX Runtime copies what it is given; one block's parameters take the place of the last one's. */
  readonly #scratch = new Scratch();

  constructor(
    private readonly model: Model,
    private readonly runtime: OrtRuntime,
    private readonly supply: Supply,
  ) {
    this.#graphs = graphsOf(model, runtime);
  }

  /** @param variant of all blocks; what the last has of its own follows */
  block(layer: number, variant: Exclude<BlockVariant, 'last'>): Promise<Ort.InferenceSession> {
    const held = variant === 'plain' ? ['resid_post', ...ALL_KEY_OUTPUTS] : [];
    const what = variant === 'hooked' ? `block ${layer} with edits` : `block ${layer}`;
    const own = variant === 'tape' && layer === this.model.config.n_layer - 1 ? 'last' : variant;
    return this.#session(what, () => this.#graphs[own](), `h.${layer}.`, held);
  }
  result(layer: number): Promise<Ort.InferenceSession> {
    return this.#session(`results of block ${layer}`, () => this.#graphs.result(), `h.${layer}.`);
  }
  norm(): Promise<Ort.InferenceSession> {
    return this.#session(NORM, () => this.#graphs.norm(), '', ['ln_final']);
  }
  rows(): Promise<Ort.InferenceSession> {
    return this.#session('rows', () => this.#graphs.rows(), '', ['picked']);
  }
  head(): Promise<Ort.InferenceSession> {
    return this.#session(HEAD, () => this.#graphs.head(), '');
  }
  /** The head's matrix, where its graph does not hold it. */
  async headMatrix(): Promise<HeadMatrix | undefined> {
    const { inMemory } = this.runtime;
    if (!inMemory) return undefined;
    this.#headMatrix ??= this.#makeHeadMatrix(inMemory.memory);
    return this.#headMatrix;
  }

  async #makeHeadMatrix(memory: Memory): Promise<HeadMatrix> {
    try {
      const { model, supply } = this;
      return await this.runtime.exclusive(() => HeadMatrix.read(memory, model.config, supply, headOf(model)));
    } catch (cause) {
      this.#headMatrix = undefined; // one may try again
      throw this.#unprepared(HEAD, cause);
    }
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
    const places =
      this.runtime.device && held.length > 0
        ? { preferredOutputLocation: Object.fromEntries(held.map((name) => [name, 'gpu-buffer' as const])) }
        : {};
    try {
      // One after the other, so that no more than one block's parameters are in memory twice.
      return await this.runtime.exclusive(async () => {
        this.#scratch.begin();
        const externalData = await Promise.all(graph.files.map((file) => this.#external(file, prefix)));
        const options = { ...this.runtime.sessionOptions, ...places, externalData };
        const session = await this.runtime.ort.InferenceSession.create(graph.bytes, options);
        if (what === HEAD) this.#scratch.end(); // the last part of a model
        return session;
      });
    } catch (cause) {
      throw this.#unprepared(what, cause);
    }
  }

  #unprepared(what: string, cause: unknown): EngineError {
    return new EngineError('run', `${this.runtime.label} could not prepare ${what}: ${messageOf(cause)}`, {
      cause,
    });
  }

  async #external({ path, parameter, rows }: WeightFile, prefix: string) {
    const numbers = await this.supply.read(prefix + parameter, (bytes) => this.#scratch.take(bytes));
    const d = this.model.config.n_embd;
    return { path, data: bytesOf(rows ? numbers.subarray(rows[0] * d, rows[1] * d) : numbers) };
  }

  async dispose(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const made of sessions) {
      // A session that could not be made, or whose device is gone, holds nothing to give back.
      await made.then((session) => this.runtime.exclusive(() => session.release())).catch(() => {});
    }
    const matrix = this.#headMatrix;
    this.#headMatrix = undefined;
    await matrix?.then((made) => this.runtime.exclusive(async () => made.giveBack())).catch(() => {});
  }
}

const bytesOf = (numbers: Float32Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** The parameter that is the head's matrix. */
const headOf = ({ weights }: Model) => (weights.tied ? 'wte.weight' : 'lm_head.weight');

/** The graphs of one model, each built once and on first use. */
function graphsOf(model: Model, { inMemory, largestBuffer }: OrtRuntime) {
  const once = (build: (config: Config) => Graph) => {
    let graph: Graph | undefined;
    return () => {
      graph ??= build(model.config);
      return graph;
    };
  };
  return {
    plain: once((config) => blockGraph(config, 'plain')),
    tape: once((config) => blockGraph(config, 'tape')),
    last: once((config) => blockGraph(config, 'last')),
    hooked: once((config) => blockGraph(config, 'hooked')),
    result: once(resultGraph),
    norm: once(normGraph),
    rows: once(rowsGraph),
    head: once((config) =>
      inMemory ? headGraphByColumns(config) : headGraph(config, headOf(model), largestBuffer),
    ),
  };
}
