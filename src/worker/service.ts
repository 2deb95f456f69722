import * as Comlink from 'comlink';
import type { Matrix } from '../algebra/matrix';
import { type Projection, principalComponents } from '../algebra/pca';
import { product } from '../algebra/product';
import type { EngineStats, PassTime } from '../engine/api';
import { startEarly } from '../engine/early';
import { ModelError } from '../gpt2/errors';
import type { Tensor } from '../gpt2/tensor';
import type { PreTokenMerges, Tokenizer } from '../gpt2/tokenizer';
import type { Vocabulary } from '../gpt2/vocabulary';
import type {
  Change,
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
  Running,
  ScoreAnswer,
  ScoreRequest,
  Slice,
  Ticketed,
} from '../rpc/protocol';
import { WorkerLibrary } from './library';
import { engineOptions, OpenModel } from './open-model';
import { nearest } from './parameters';
import { tellingOfPasses } from './passes';
import { progressOf } from './progress';
import { resolvePositions } from './requests';
import { scoreTokens } from './score';
import { Tickets } from './tickets';

/** Everything the worker does for the page, over one open model. */
export class Service implements EngineService {
  readonly library = new WorkerLibrary();
  #current: OpenModel | undefined;
  #opening = new AbortController();
  #tellOfPass: () => void = () => {};
  readonly #tickets = new Tickets();

  prepare(how: Running): void {
    // Whoever opens a model hears of what fails.
    startEarly(engineOptions(how)).catch(() => {});
    this.library.at(how.base).catch(() => {});
  }

  async open(
    request: OpenRequest,
    onProgress: (progress: Progress) => void,
    onPass: (pass: PassTime) => void,
    onChange: (change: Change) => void,
  ): Promise<Opened> {
    this.#opening.abort();
    const opening = new AbortController();
    this.#opening = opening;
    const { signal } = opening;
    const { name, base } = request;
    const say = (progress: Progress) => {
      if (!signal.aborted) onProgress(progress);
    };
    this.prepare(request);
    const library = await this.library.at(base);
    const arriving = await library
      .arrive(request.from, { signal, onProgress: (download) => say(progressOf(name, download)) })
      .catch((error: unknown) => {
        throw signal.aborted ? new ModelError(stopped(name)) : error;
      });
    let opened: OpenModel | undefined;
    try {
      opened = await OpenModel.open(arriving, request, {
        onProgress: say,
        onChange: (change) => {
          if (this.#current !== opened) return;
          onChange(change.failed !== undefined && signal.aborted ? { failed: stopped(name) } : change);
        },
      });
      signal.throwIfAborted(); // another model was asked for meanwhile
    } catch (error) {
      arriving.close();
      await opened?.close();
      throw signal.aborted ? new ModelError(stopped(name)) : error;
    }
    const before = this.#current;
    this.#current = opened;
    const { engine } = opened;
    this.#tellOfPass = tellingOfPasses(() => engine.stats.lastPass, onPass);
    await before?.close();
    opened.tell(); // what has arrived until now was told to nobody
    return opened.opened;
  }

  stopOpening(): void {
    this.#opening.abort();
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
    this.#tickets.cancel(ticket);
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

  async vocabulary(): Promise<Vocabulary | undefined> {
    return this.#open().model.tokenizer?.vocabulary();
  }

  async stats(): Promise<EngineStats | undefined> {
    return this.#current?.engine.stats;
  }

  async parameters(): Promise<ParameterInfo[]> {
    return this.#open().parameters.list;
  }

  async weight(name: string, part: Slice): Promise<Tensor> {
    return this.#open().parameters.slice(name, part);
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
    try {
      return await this.#tickets.run(ticket, run);
    } finally {
      this.#tellOfPass();
    }
  }

  #open(): OpenModel {
    if (!this.#current) throw new ModelError('No model is open.');
    return this.#current;
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

const stopped = (name: string): string =>
  `Opening ${name} was stopped. What has been downloaded of it is kept.`;
