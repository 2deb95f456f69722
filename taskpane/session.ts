import { chooseHost } from '../src/host/choose';
import type { EngineClient, Status } from '../src/rpc/client';
import type { OpenRequest } from '../src/rpc/protocol';
import type { Backend, Wanted } from './query';

/** The open model as the pane sees it: what was asked for, how it goes, and how to ask again. */
export class Session extends EventTarget {
  readonly client: EngineClient;
  #request: OpenRequest;
  #problem: string | undefined;

  constructor(client: EngineClient, { request, problem }: Wanted) {
    super();
    this.client = client;
    this.#request = request;
    this.#problem = problem;
    client.addEventListener('statuschange', () => this.#changed());
  }

  get request(): OpenRequest {
    return this.#request;
  }

  get status(): Status {
    return this.#problem ? { phase: 'failed', message: this.#problem } : this.client.status;
  }

  /** Whether opening waits for a decision, because the page's address asks for what there is not. */
  get refused(): boolean {
    return this.#problem !== undefined;
  }

  /** Opens the model for the first time, unless the page's address asks for what there is not. */
  start(): void {
    if (this.#problem) this.#changed();
    else void this.#open();
  }

  /** Opens the model again, on another back end if one is given. */
  async reopen(backend: Backend = this.#request.backend): Promise<void> {
    const failed = this.status.phase === 'failed';
    this.#problem = undefined;
    this.#request = { ...this.#request, backend };
    const error = await this.#open();
    // A worker that is gone answers nothing any more: only a new page brings a new one.
    if (error?.name === 'EngineUnavailable') location.reload();
    // Formulas that met the failure keep their error until something calculates them again.
    else if (!error && failed) await (await chooseHost()).recalculate?.();
  }

  async #open(): Promise<Error | undefined> {
    try {
      await this.client.open(this.#request);
      return undefined;
    } catch (error) {
      return error as Error; // the status tells of it
    }
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
