import type { Config } from '../gpt2/config';
import type {
  Description,
  DownloadProgress,
  Fit,
  HubRef,
  Library,
  ModelRef,
  StoredModel,
  UrlRef,
} from '../models/api';
import { readDevice } from '../models/device';
import { fits } from '../models/fit';
import { openLibrary } from '../models/open-library';
import type { LibraryService, Overview } from '../rpc/library';
import { Tickets } from './tickets';

/** The library of this device, for the page and for the service that opens models from it. */
export class WorkerLibrary implements LibraryService {
  #library: Promise<Library> | undefined;
  readonly #tickets = new Tickets();

  /** The library itself; the first to ask says where the pages lie. */
  at(base: string): Promise<Library> {
    if (!this.#library) {
      const opening = openLibrary({ base });
      opening.catch(() => {
        this.#library = undefined;
      });
      this.#library = opening;
    }
    return this.#library;
  }

  async overview(base: string): Promise<Overview> {
    const { storage, known, sources } = await this.at(base);
    return { storage, known, sources };
  }

  async setSources(sources: readonly string[]): Promise<void> {
    (await this.#opened()).sources = sources;
  }

  async fits(config: Config): Promise<Fit[]> {
    return fits(config, await readDevice());
  }

  async describe(ref: ModelRef, ticket: number): Promise<Description> {
    const library = await this.#opened();
    return this.#tickets.run(ticket, (signal) => library.describe(ref, { signal }));
  }

  async download(
    model: HubRef | UrlRef | string,
    onProgress: (progress: DownloadProgress) => void,
    ticket: number,
  ): Promise<StoredModel> {
    const library = await this.#opened();
    return this.#tickets.run(ticket, (signal) =>
      typeof model === 'string'
        ? library.resume(model, { signal, onProgress })
        : library.download(model, { signal, onProgress }),
    );
  }

  async list(): Promise<StoredModel[]> {
    return (await this.#opened()).list();
  }

  async remove(key: string): Promise<void> {
    return (await this.#opened()).remove(key);
  }

  async verify(
    key: string,
    onProgress: (progress: DownloadProgress) => void,
    ticket: number,
  ): Promise<StoredModel> {
    const library = await this.#opened();
    return this.#tickets.run(ticket, (signal) => library.verify(key, { signal, onProgress }));
  }

  cancel(ticket: number): void {
    this.#tickets.cancel(ticket);
  }

  #opened(): Promise<Library> {
    if (!this.#library) throw new Error('The library is not open; ask for its overview first.');
    return this.#library;
  }
}
