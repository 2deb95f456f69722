import * as Comlink from 'comlink';
import type { Matrix } from '../algebra/matrix';
import type { Projection } from '../algebra/pca';
import type { EngineStats, PassTime } from '../engine/api';
import type { Tensor } from '../gpt2/tensor';
import { burst } from './burst';
import type {
  EngineService,
  Neighbours,
  Opened,
  OpenRequest,
  Outcome,
  ParameterInfo,
  PreTokenMerges,
  Progress,
  Prompt,
  ReadAnswer,
  ReadRequest,
  ScoreAnswer,
  ScoreRequest,
  Slice,
  Ticketed,
} from './protocol';

/** What the page knows about its engine. */
export type Status =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'loading'; readonly progress: Progress }
  | { readonly phase: 'ready'; readonly opened: Opened }
  | { readonly phase: 'failed'; readonly message: string };

/** The engine cannot answer, and why: no model is open, or the worker is gone. */
export class EngineUnavailable extends Error {
  override name = 'EngineUnavailable';
}

/** The page's end of the bridge to the worker. Calls made while a model loads wait for it. */
export class EngineClient extends EventTarget {
  readonly #service: Comlink.Remote<EngineService>;
  readonly #stopped: Promise<never>;
  readonly #read = burst((requests: Ticketed[]): Promise<Outcome[]> => this.#service.read(requests));
  #opening: Promise<Opened> | undefined;
  #status: Status = { phase: 'waiting' };
  #lastPass: PassTime | undefined;
  #tickets = 0;

  constructor(worker: Worker) {
    super();
    this.#service = Comlink.wrap<EngineService>(worker);
    this.#stopped = new Promise((_, reject) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        const message = `The engine stopped: ${event.message || 'its script could not be loaded'}. Reload the add-in.`;
        this.#setStatus({ phase: 'failed', message });
        reject(new EngineUnavailable(message));
      });
    });
    this.#stopped.catch(() => undefined); // whoever waits hears of it
  }

  get status(): Status {
    return this.#status;
  }

  /** How long the open model's last pass took; a `pass` event tells of a new one. */
  get lastPass(): PassTime | undefined {
    return this.#lastPass;
  }

  /** Opens a model in place of the one before; `statuschange` events tell how it goes. */
  open(request: OpenRequest): Promise<Opened> {
    this.#lastPass = undefined;
    this.#setStatus({ phase: 'loading', progress: { text: `Opening ${request.name}` } });
    // Progress travels on a port of its own, and may arrive when the opening is over.
    const mine = () => this.#opening === opening && this.#status.phase === 'loading';
    const onProgress = (progress: Progress) => {
      if (mine()) this.#setStatus({ phase: 'loading', progress });
    };
    const onPass = (pass: PassTime) => {
      if (this.#opening !== opening) return;
      this.#lastPass = pass;
      this.dispatchEvent(new Event('pass'));
    };
    const opening = this.#alive(
      this.#service.open(request, Comlink.proxy(onProgress), Comlink.proxy(onPass)),
    );
    this.#opening = opening;
    opening.then(
      (opened) => mine() && this.#setStatus({ phase: 'ready', opened }),
      (error: Error) => mine() && this.#setStatus({ phase: 'failed', message: error.message }),
    );
    return opening;
  }

  /** The open model; waits while it loads. @throws EngineUnavailable when it could not be opened */
  async opened(): Promise<Opened> {
    if (!this.#opening) throw new EngineUnavailable('No model is open. Open the GPT-2 pane to load one.');
    return this.#opening.catch((error: Error) => {
      throw new EngineUnavailable(`The model could not be opened: ${error.message}`);
    });
  }

  /** Activations of a prompt. */
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadAnswer> {
    return this.#cancelable(async (ticket) => {
      const outcome = await this.#read({ request, ticket });
      if ('error' in outcome)
        throw Object.assign(new Error(outcome.error.message), { name: outcome.error.name });
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
    return this.#alive(this.#service.encode(prompt.text));
  }

  /** The text that token ids spell. */
  async decode(ids: readonly number[]): Promise<string> {
    await this.opened();
    return this.#alive(this.#service.decode(ids));
  }

  /** Each token as people can read it. */
  async show(ids: readonly number[]): Promise<string[]> {
    await this.opened();
    return this.#alive(this.#service.show(ids));
  }

  /** How a text is encoded, merge by merge. */
  async merges(text: string): Promise<PreTokenMerges[]> {
    await this.opened();
    return this.#alive(this.#service.merges(text));
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

  #alive<T>(answer: Promise<T>): Promise<T> {
    return Promise.race([answer, this.#stopped]);
  }

  #setStatus(status: Status): void {
    this.#status = status;
    this.dispatchEvent(new Event('statuschange'));
  }
}

let provide: (client: EngineClient) => void;
const provided = new Promise<EngineClient>((resolve) => {
  provide = resolve;
});

/** Gives the formulas their engine; the page's composition root calls it once. */
export const provideEngine = (client: EngineClient): void => provide(client);

/** The page's engine, as soon as there is one. */
export const engine = (): Promise<EngineClient> => provided;
