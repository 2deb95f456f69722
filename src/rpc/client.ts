import * as Comlink from 'comlink';
import type { Matrix } from '../algebra/matrix';
import type { Projection } from '../algebra/pca';
import { End } from '../end';
import type { EngineStats, PassTime } from '../engine/api';
import type { Tensor } from '../gpt2/tensor';
import type { Vocabulary } from '../gpt2/vocabulary';
import { burst } from './burst';
import type { LibraryService } from './library';
import { LibraryClient } from './library-client';
import { promptsOf } from './prompts';
import {
  type Change,
  type EngineService,
  isWhole,
  type Neighbours,
  type Opened,
  type OpenRequest,
  type Outcome,
  type ParameterInfo,
  type PreTokenMerges,
  type Progress,
  type Prompt,
  type ReadAnswer,
  type ReadRequest,
  type Running,
  type ScoreAnswer,
  type ScoreRequest,
  type Slice,
  type Ticketed,
} from './protocol';
import { Shared } from './shared';

/** What the page knows about its engine. */
export type Status =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'loading'; readonly progress: Progress }
  /** `arriving` while parts of the model are still on their way. */
  | { readonly phase: 'ready'; readonly opened: Opened; readonly arriving?: Progress }
  | { readonly phase: 'failed'; readonly message: string };

/** The engine cannot answer, and why: no model is open, or the worker is gone. */
export class EngineUnavailable extends Error {
  override name = 'EngineUnavailable';
}

/** What to say where there is no reason why no model is open. */
export const NO_MODEL = 'No model is open. Open the GPT-2 pane to load one.';

/** Cells wait this long for a model that is being downloaded; then they say how far it has come. */
const PATIENCE_MS = 5000;

/** What is said of something in the model that is still on its way; see `PartMissing` in src/engine. */
const isMissing = (error: unknown): boolean => error instanceof Error && error.name === 'PartMissing';

/** The page's end of the bridge to the worker. Calls made while a model loads wait for it. */
export class EngineClient extends EventTarget {
  readonly library: LibraryClient;
  readonly #service: Comlink.Remote<EngineService>;
  /** Comes when the worker stops. */
  readonly #end = new End();
  readonly #read = burst(
    (requests: Ticketed[]): Promise<Outcome[]> => this.#service.read(requests),
    (requests) => promptsOf(requests.map(({ request }) => request)),
  );
  readonly #reads = new Shared(keyOf, (request: ReadRequest, signal) => this.#ask(request, signal));
  readonly #encoded = new Shared(
    (text: string) => text,
    (text) => this.#alive(this.#service.encode(text)),
  );
  readonly #shown = new Shared(
    (ids: readonly number[]) => ids.join(),
    (ids) => this.#alive(this.#service.show(ids)),
  );
  /** Settled once it is decided which model to open, or that none can be. */
  #decided!: () => void;
  readonly #decision = new Promise<void>((resolve) => {
    this.#decided = resolve;
  });
  #opening: Promise<Opened> | undefined;
  /** Counts openings: what is heard of an earlier one no longer matters. */
  #turn = 0;
  #openingSince = 0;
  /** Whether somebody was told that something of the model is still on its way. */
  #missed = false;
  #status: Status = { phase: 'waiting' };
  #lastPass: PassTime | undefined;
  #tickets = 0;

  constructor(worker: Worker) {
    super();
    this.#service = Comlink.wrap<EngineService>(worker);
    this.library = new LibraryClient(
      this.#service.library as unknown as Comlink.Remote<LibraryService>,
      (answer) => this.#alive(answer),
    );
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const message = `The engine stopped: ${event.message || 'its script could not be loaded'}. Reload the add-in.`;
      this.#setStatus({ phase: 'failed', message });
      this.#end.come(new EngineUnavailable(message));
    });
  }

  get status(): Status {
    return this.#status;
  }

  /** How long the open model's last pass took; a `pass` event tells of a new one. */
  get lastPass(): PassTime | undefined {
    return this.#lastPass;
  }

  /** Has the worker start what any model of this request will need. Nothing comes of it that opening would not tell. */
  prepare(how: Running): void {
    this.#service.prepare(how).catch(() => undefined);
  }

  /**
   * Opens a model in place of the one before; `statuschange` events tell how it goes. An `arrival` event tells that cells
   * which had to do without the model, or a part of it, may now be calculated again.
   */
  open(request: OpenRequest): Promise<Opened> {
    this.#lastPass = undefined;
    for (const shared of [this.#reads, this.#encoded, this.#shown]) shared.forget();
    this.#openingSince = performance.now();
    this.#setStatus({ phase: 'loading', progress: { text: `Opening ${request.name}` } });
    // Progress travels on a port of its own, and may arrive when the opening is over.
    const turn = ++this.#turn;
    const mine = () => this.#turn === turn && this.#status.phase === 'loading';
    const onProgress = (progress: Progress) => {
      if (mine()) this.#setStatus({ phase: 'loading', progress });
      else if (this.#turn === turn) this.#stillComing(progress);
    };
    const onPass = (pass: PassTime) => {
      if (this.#turn !== turn) return;
      this.#lastPass = pass;
      this.dispatchEvent(new Event('pass'));
    };
    // What changes may be heard of before the opening is over, too.
    let early: Change | undefined;
    const onChange = (change: Change) => {
      if (mine()) early = change;
      else if (this.#turn === turn) this.#changed(change);
    };
    const opening = this.#alive(
      this.#service.open(request, Comlink.proxy(onProgress), Comlink.proxy(onPass), Comlink.proxy(onChange)),
    );
    this.#opening = opening;
    this.#decided();
    opening.then(
      (opened) => {
        if (!mine()) return;
        this.#setStatus({ phase: 'ready', opened });
        this.#arrived();
        if (early) this.#changed(early);
      },
      (error: Error) => mine() && this.#setStatus({ phase: 'failed', message: error.message }),
    );
    return opening;
  }

  /** Ends an opening that is under way. What has been downloaded is kept. */
  async stopOpening(): Promise<void> {
    await this.#alive(this.#service.stopOpening());
  }

  /** Opens no model, and says why to whoever asks. */
  refuse(message: string): void {
    this.#turn++;
    this.#opening = Promise.reject(new EngineUnavailable(message));
    this.#opening.catch(() => undefined);
    this.#decided();
    this.#setStatus({ phase: 'failed', message });
  }

  /**
   * The open model; waits while it loads, but not for a long download.
   * @throws EngineUnavailable when it could not be opened, or is not here yet
   */
  async opened(): Promise<Opened> {
    if (this.#status.phase === 'ready') return this.#status.opened;
    await this.#alive(this.#decision);
    const opening = this.#opening as Promise<Opened>;
    const waiting = opening.catch((error: Error) => {
      if (error instanceof EngineUnavailable) throw error;
      throw new EngineUnavailable(`The model could not be opened: ${error.message}`);
    });
    for (;;) {
      const left = this.#openingSince + PATIENCE_MS - performance.now();
      const { status } = this;
      if (left <= 0 && status.phase === 'loading' && isDownload(status.progress)) {
        this.#missed = true;
        throw new EngineUnavailable(`${status.progress.text}. The cell is calculated again when it is here.`);
      }
      const opened = await within(Math.max(left, 500), waiting);
      if (opened) return opened;
      if (this.#opening !== opening) return this.opened();
    }
  }

  /** Activations of a prompt. Their numbers may be shared with others who asked the same, and must not be changed. */
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadAnswer> {
    return this.#reads.get(request, signal);
  }

  #ask(request: ReadRequest, signal: AbortSignal): Promise<ReadAnswer> {
    return this.#cancelable(async (ticket) => {
      const outcome = await this.#read({ request, ticket });
      if ('error' in outcome) {
        const error = Object.assign(new Error(outcome.error.message), { name: outcome.error.name });
        if (isMissing(error)) this.#missed = true;
        throw error;
      }
      return outcome;
    }, signal);
  }

  /** How well the model sees tokens coming. */
  score(request: ScoreRequest, signal?: AbortSignal): Promise<ScoreAnswer> {
    return this.#cancelable((ticket) => this.#service.score(request, ticket), signal);
  }

  /** Token ids of a prompt [T]. */
  async ids(prompt: Prompt): Promise<readonly number[]> {
    if ('ids' in prompt) return prompt.ids;
    await this.opened();
    return this.#encoded.get(prompt.text);
  }

  /** The text that token ids spell. */
  async decode(ids: readonly number[]): Promise<string> {
    await this.opened();
    return this.#alive(this.#service.decode(ids));
  }

  /** Each token as people can read it. */
  async show(ids: readonly number[]): Promise<readonly string[]> {
    await this.opened();
    return this.#shown.get(ids);
  }

  /** How a text is encoded, merge by merge. */
  async merges(text: string): Promise<PreTokenMerges[]> {
    await this.opened();
    return this.#alive(this.#service.merges(text));
  }

  /** What the open model's tokenizer looks up, where it has one. */
  async vocabulary(): Promise<Vocabulary | undefined> {
    await this.opened();
    return this.#alive(this.#service.vocabulary());
  }

  async stats(): Promise<EngineStats | undefined> {
    return this.#alive(this.#service.stats());
  }

  /** Every parameter of the open model. */
  async parameters(): Promise<ParameterInfo[]> {
    await this.opened();
    return this.#alive(this.#service.parameters());
  }

  /** A part of a parameter → [rows, cols]. */
  async weight(name: string, slice: Slice): Promise<Tensor> {
    await this.opened();
    return this.#alive(this.#service.weight(name, slice));
  }

  /** The k tokens whose embeddings point most nearly where a vector [d_model] does, without some ids. */
  async nearest(vector: Float64Array, k: number, without: readonly number[] = []): Promise<Neighbours> {
    await this.opened();
    return this.#alive(this.#service.nearest(vector, k, without));
  }

  /** a [n, m] · b [m, p] + bias [p] → [n, p], away from the page; no model need be open. */
  product(a: Matrix, b: Matrix, bias: Float64Array): Promise<Matrix> {
    return this.#alive(this.#service.product(a, b, bias));
  }

  /** Principal components of the rows of some cells, away from the page; no model need be open. */
  project(cells: Matrix, components: number): Promise<Projection> {
    return this.#alive(this.#service.project(cells, components));
  }

  /** A call that the worker can be told to give up by its ticket. */
  async #cancelable<T>(call: (ticket: number) => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.opened();
    signal?.throwIfAborted();
    const ticket = ++this.#tickets;
    const cancel = () => void this.#service.cancel(ticket);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await this.#alive(call(ticket));
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** The worker's answer, or that it has stopped. */
  #alive<T>(answer: Promise<T>): Promise<T> {
    return this.#end.before(answer).catch((error: unknown) => {
      if (isMissing(error)) this.#missed = true;
      throw error;
    });
  }

  #changed({ opened, arriving, failed }: Change): void {
    if (failed !== undefined) {
      this.refuse(failed);
      // Cells may show what a model gave whose hash turned out to be wrong: they are calculated again, and say so.
      this.#missed = true;
      this.#arrived();
      return;
    }
    if (!opened || this.#status.phase !== 'ready') return;
    this.#opening = Promise.resolve(opened);
    // How the download goes is told apart from which parts are here.
    const { download } = this.#status.arriving ?? {};
    this.#setStatus({ phase: 'ready', opened, arriving: arriving && { ...arriving, download } });
    this.#arrived();
  }

  /** The open model's download goes on; its hash is known when all of it is here. */
  #stillComing({ text, fraction, download }: Progress): void {
    if (this.#status.phase !== 'ready' || !download || isWhole(this.#status.opened)) return;
    const arriving = { ...(this.#status.arriving ?? { text, fraction }), download };
    this.#setStatus({ ...this.#status, arriving });
  }

  /** Something has arrived that somebody may have missed. */
  #arrived(): void {
    if (!this.#missed) return;
    this.#missed = false;
    this.dispatchEvent(new Event('arrival'));
  }

  #setStatus(status: Status): void {
    this.#status = status;
    this.dispatchEvent(new Event('statuschange'));
  }
}

/** What comes in so many milliseconds; undefined when it takes longer. */
function within<T>(milliseconds: number, coming: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds, undefined);
    coming.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** What two requests for the same have in common; those that bring numbers of their own are not compared. */
const keyOf = ({ from, wants, edits }: ReadRequest): string | undefined =>
  'start' in from || edits ? undefined : JSON.stringify([from, wants]);

/** Whether bytes are on their way, and not just being read or compiled. */
const isDownload = ({ download }: Progress): boolean =>
  download !== undefined && ['downloading', 'retrying', 'waiting'].includes(download.phase);

let provide: (client: EngineClient) => void;
const provided = new Promise<EngineClient>((resolve) => {
  provide = resolve;
});

/** Gives the formulas their engine; the page's composition root calls it once. */
export const provideEngine = (client: EngineClient): void => provide(client);

/** The page's engine, as soon as there is one. */
export const engine = (): Promise<EngineClient> => provided;
