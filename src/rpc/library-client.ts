import * as Comlink from 'comlink';
import type { Config } from '../gpt2/config';
import type { Description, Fit, HubRef, ModelRef, StoredModel, UrlRef, Watch } from '../models/api';
import type { LibraryService, Overview } from './library';

/** The page's end of the library of models. Failures arrive as errors whose messages are for people. */
export class LibraryClient {
  #tickets = 0;

  /** @param alive fails when the worker is gone, which by itself would never be heard of */
  constructor(
    private readonly service: Comlink.Remote<LibraryService>,
    private readonly alive: <T>(answer: Promise<T>) => Promise<T>,
  ) {}

  /** Opens the library, once. @param base the address that the pages lie at */
  overview(base: string): Promise<Overview> {
    return this.alive(this.service.overview(base));
  }

  setSources(sources: readonly string[]): Promise<void> {
    return this.alive(this.service.setSources(sources));
  }

  /** Whether this device can hold a model of some shape, for each way of computing. */
  fits(config: Config): Promise<Fit[]> {
    return this.alive(this.service.fits(config));
  }

  describe(ref: ModelRef, signal?: AbortSignal): Promise<Description> {
    return this.#cancelable((ticket) => this.service.describe(ref, ticket), signal);
  }

  /** Fetches what is missing of a model. Aborting is pausing: what has arrived is kept. */
  download(model: HubRef | UrlRef | string, { signal, onProgress = () => {} }: Watch): Promise<StoredModel> {
    return this.#cancelable(
      (ticket) => this.service.download(model, Comlink.proxy(onProgress), ticket),
      signal,
    );
  }

  list(): Promise<StoredModel[]> {
    return this.alive(this.service.list());
  }

  remove(key: string): Promise<void> {
    return this.alive(this.service.remove(key));
  }

  /** Hashes a stored model's files anew; those that are wrong are deleted, to be fetched again. */
  verify(key: string, { signal, onProgress = () => {} }: Watch): Promise<StoredModel> {
    return this.#cancelable((ticket) => this.service.verify(key, Comlink.proxy(onProgress), ticket), signal);
  }

  async #cancelable<T>(call: (ticket: number) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const ticket = ++this.#tickets;
    const cancel = () => void this.service.cancel(ticket);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await this.alive(call(ticket));
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }
}
