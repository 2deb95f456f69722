import type { Config } from '../gpt2/config';
import type {
  Description,
  DownloadProgress,
  Fit,
  HubRef,
  KnownModel,
  ModelRef,
  Storage,
  StoredModel,
  UrlRef,
} from '../models/api';

/** What the library of this device is. */
export interface Overview {
  readonly storage: Storage;
  readonly known: readonly KnownModel[];
  /** Servers that hub models are fetched from, in the order in which they are tried. */
  readonly sources: readonly string[];
}

/** What the worker does for the page with models that are not open: see `Library` in src/models/api.ts. */
export interface LibraryService {
  /** Opens the library, once. @param base the address that the pages lie at */
  overview(base: string): Promise<Overview>;
  setSources(sources: readonly string[]): Promise<void>;
  /** Whether this device can hold a model of some shape, for each way of computing. */
  fits(config: Config): Promise<Fit[]>;
  /** @param ticket a number to cancel it by, as in the other calls */
  describe(ref: ModelRef, ticket: number): Promise<Description>;
  /** Fetches what is missing of a model. Cancelling is pausing. */
  download(
    model: HubRef | UrlRef | string,
    onProgress: (progress: DownloadProgress) => void,
    ticket: number,
  ): Promise<StoredModel>;
  list(): Promise<StoredModel[]>;
  remove(key: string): Promise<void>;
  verify(key: string, onProgress: (progress: DownloadProgress) => void, ticket: number): Promise<StoredModel>;
  cancel(ticket: number): void;
}
