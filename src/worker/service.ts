import * as Comlink from 'comlink';
import type { Matrix } from '../algebra/matrix';
import { type Projection, principalComponents } from '../algebra/pca';
import { product } from '../algebra/product';
import type { EngineStats, PassTime } from '../engine/api';
import { Engine } from '../engine/engine';
import { ModelError } from '../gpt2/errors';
import type { Tensor } from '../gpt2/tensor';
import type { PreTokenMerges, Tokenizer } from '../gpt2/tokenizer';
import { type LoadedModel, loadFolder } from '../models/folder';
import type {
  EngineService,
  Neighbours,
  Opened,
  OpenRequest,
  Outcome,
  ParameterInfo,
  Progress,
  Prompt,
  ReadAnswer,
  ReadRequest,
  ScoreAnswer,
  ScoreRequest,
  Slice,
  Ticketed,
} from '../rpc/protocol';
import { nearest, parametersOf, slice } from './parameters';
import { tellingOfPasses } from './passes';
import { resolvePositions } from './requests';
import { scoreTokens } from './score';

/** Everything the worker does for the page, over one open model. */
export class Service implements EngineService {
  #model: LoadedModel | undefined;
  #engine: Engine | undefined;
  #tellOfPass: () => void = () => {};
  readonly #running = new Map<number, AbortController>();

  async open(
    request: OpenRequest,
    onProgress: (progress: Progress) => void,
    onPass: (pass: PassTime) => void,
  ): Promise<Opened> {
    const model = await loadFolder(request.modelUrl, (arrived, total) => {
      const of = total === undefined ? '' : ` of ${megabytes(total)}`;
      onProgress({
        text: `Loading ${request.name}: ${megabytes(arrived)}${of}`,
        fraction: total === undefined ? undefined : arrived / total,
      });
    });
    const engine = await Engine.open(model, {
      backend: request.backend,
      wasmPaths: request.wasmUrl,
      onProgress: (fraction, text) => onProgress({ text, fraction }),
    });
    await this.#engine?.dispose();
    this.#engine = engine;
    this.#model = model;
    this.#tellOfPass = tellingOfPasses(() => engine.stats.lastPass, onPass);
    const { weights, config, bytes, sha256, tokenizer } = model;
    return {
      model: {
        name: request.name,
        config,
        parameters: weights.names.reduce((sum, name) => sum + weights.get(name).length, 0),
        bytes,
        sha256,
        hasTokenizer: tokenizer !== undefined,
      },
      backend: engine.backend,
    };
  }

  async read(requests: readonly Ticketed[]): Promise<Outcome[]> {
    const outcomes = await Promise.all(
      requests.map(({ request, ticket }) =>
        this.#read(request, ticket).catch(({ name, message }: Error) => ({ error: { name, message } })),
      ),
    );
    const tensors = outcomes.flatMap((outcome) => ('tensors' in outcome ? outcome.tensors : []));
    return Comlink.transfer(
      outcomes,
      tensors.map(({ data }) => data.buffer as ArrayBuffer),
    );
  }

  async score(request: ScoreRequest, ticket: number): Promise<ScoreAnswer> {
    const { engine } = this.#open();
    return this.#cancelable(ticket, (signal) => scoreTokens(engine, request, signal));
  }

  cancel(ticket: number): void {
    this.#running.get(ticket)?.abort();
  }

  async encode(text: string): Promise<number[]> {
    return this.#ids({ text });
  }

  async decode(ids: readonly number[]): Promise<string> {
    return this.#tokenizer().decode(ids);
  }

  async show(ids: readonly number[]): Promise<string[]> {
    const { tokenizer } = this.#open().model;
    // A vocabulary may be missing, or smaller than the model's output: checkpoints are often padded.
    return ids.map((id) => (tokenizer && id < tokenizer.size ? tokenizer.show(id) : String(id)));
  }

  async merges(text: string): Promise<PreTokenMerges[]> {
    return this.#tokenizer().merges(text);
  }

  async stats(): Promise<EngineStats | undefined> {
    return this.#engine?.stats;
  }

  async parameters(): Promise<ParameterInfo[]> {
    return parametersOf(this.#open().model);
  }

  async weight(name: string, part: Slice): Promise<Tensor> {
    return slice(this.#open().model, name, part);
  }

  async nearest(vector: Float64Array, k: number, without: readonly number[]): Promise<Neighbours> {
    return nearest(this.#open().model, vector, k, without);
  }

  async product(a: Matrix, b: Matrix, bias: Float64Array): Promise<Matrix> {
    return product(a, b, bias);
  }

  async project(cells: Matrix, components: number): Promise<Projection> {
    return principalComponents(cells, components);
  }

  async #read({ from, wants, edits }: ReadRequest, ticket: number): Promise<ReadAnswer> {
    const { engine } = this.#open();
    const source = 'start' in from ? from : { ids: this.#ids(from) };
    const tokens = 'start' in source ? (source.start.values.dims[0] ?? 0) : source.ids.length;
    const resolved = resolvePositions(wants, tokens);
    const tensors = await this.#cancelable(ticket, (signal) =>
      engine.read({ ...source, wants: resolved, edits, signal }),
    );
    return { tensors };
  }

  /** Runs something that `cancel` can end by its ticket. */
  async #cancelable<T>(ticket: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(ticket, controller);
    try {
      return await run(controller.signal);
    } finally {
      this.#running.delete(ticket);
      this.#tellOfPass();
    }
  }

  #open(): { model: LoadedModel; engine: Engine } {
    if (!this.#model || !this.#engine) throw new ModelError('No model is open.');
    return { model: this.#model, engine: this.#engine };
  }

  #tokenizer(): Tokenizer {
    const { tokenizer } = this.#open().model;
    if (!tokenizer) {
      throw new ModelError('This model has no vocab.json and merges.txt; give it token ids instead of text.');
    }
    return tokenizer;
  }

  #ids(prompt: Prompt): number[] {
    if ('ids' in prompt) return [...prompt.ids];
    const tokenizer = this.#tokenizer();
    return prompt.text === '' ? [tokenizer.endOfText] : tokenizer.encode(prompt.text);
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
