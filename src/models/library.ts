import type { Config } from '../gpt2/config';
import { collectWeights } from '../gpt2/weights';
import { downloadAlone, ifAlone } from './alone';
import type {
  ArrivingModel,
  Description,
  HubRef,
  KnownModel,
  Library,
  LoadedModel,
  ModelRef,
  Storage,
  StoredModel,
  UrlRef,
  Watch,
} from './api';
import { freeBytes } from './device';
import { LibraryError } from './errors';
import { type Delivery, fulfil } from './fulfil';
import { hashHere, type MakeHash } from './hash';
import { planHub } from './hub';
import { memoryNeed, parameterCount } from './memory';
import { messages } from './messages';
import { Meter } from './meter';
import type { Net } from './net/net';
import { type Asking, fetchSmall, type Plan, readConfig, sourcesOf } from './plan';
import { arriveLocally, arriveStored, arriveWhileFetched } from './read/arrive';
import { isSame } from './same';
import { isComplete, keyOf, type Manifest, manifestOf, Shelf, totalOf } from './shelf';
import { checkedSources } from './sources';
import { MemoryStore } from './store/memory';
import type { Store } from './store/store';
import { planUrl } from './url';
import { verifyModel } from './verify';

export interface LibraryParts {
  readonly store: Store;
  readonly storage: Storage;
  readonly known: readonly KnownModel[];
  readonly sources: readonly string[];
  readonly net: Net;
  /** Hashes large files while they arrive; in the same thread unless given. */
  readonly makeHash?: MakeHash;
}

/** Where a download goes, and what is to be fetched where that is not written there yet. */
interface Target {
  readonly shelf: Shelf;
  readonly key: string;
  readonly manifest: Manifest;
}

/** One call: how it tells of itself, and the servers in the order that suits it. */
interface Call extends Asking {
  readonly meter: Meter;
}

/** The library over whatever store and network it is given; `openLibrary` gives it the browser's. */
export class ModelLibrary implements Library {
  readonly storage: Storage;
  readonly known: readonly KnownModel[];
  readonly #net: Net;
  readonly #makeHash: MakeHash;
  readonly #shelf: Shelf;
  #sources: readonly string[] = [];

  constructor({ store, storage, known, sources, net, makeHash = hashHere }: LibraryParts) {
    this.storage = storage;
    this.known = known;
    this.#net = net;
    this.#makeHash = makeHash;
    this.#shelf = new Shelf(store);
    this.sources = sources;
  }

  get sources(): readonly string[] {
    return this.#sources;
  }

  set sources(sources: readonly string[]) {
    this.#sources = checkedSources(sources);
  }

  async describe(ref: ModelRef, watch: Watch = {}): Promise<Description> {
    if (ref.kind === 'files' || ref.kind === 'directory') {
      const local = await arriveLocally(ref, {});
      local.close();
      const { config, name, files } = local;
      const download = totalOf(files) ?? 0;
      return { ref, name, commit: '', files, download, fetched: download, ...measures(config) };
    }
    const call = this.#call(watch);
    const plan = await this.#plan(ref, call);
    const { name, commit, files } = plan;
    const record = files.find(({ path }) => path === CONFIG) ?? { path: CONFIG };
    const config = readConfig(
      name,
      await fetchSmall(record, sourcesOf(ref, commit, CONFIG, call.hubs), call),
    );
    const key = await keyOf(ref, commit);
    const kept = await this.#shelf.load(key);
    const fetched = kept ? (await this.#shelf.describe(key, kept)).bytes : 0;
    return { ref, name, commit, files, download: totalOf(files) ?? 0, fetched, ...measures(config) };
  }

  download(ref: HubRef | UrlRef, watch: Watch = {}): Promise<StoredModel> {
    return unlessChanged(async () => {
      const call = this.#call(watch);
      const target = await this.#target(ref, call, this.#shelf);
      return this.#shelf.describe(target.key, await this.#fulfil(target, call));
    });
  }

  async resume(key: string, watch: Watch = {}): Promise<StoredModel> {
    const manifest = await this.#shelf.need(key);
    // A plain server has but one version; a hub has every commit for ever.
    if (manifest.ref.kind === 'url') return this.download(manifest.ref, watch);
    const target = { shelf: this.#shelf, key, manifest };
    return this.#shelf.describe(key, await this.#fulfil(target, this.#call(watch)));
  }

  async list(): Promise<StoredModel[]> {
    const models: StoredModel[] = [];
    for (const key of await this.#shelf.keys()) {
      const manifest = await this.#shelf.load(key);
      if (manifest) models.push(await this.#shelf.describe(key, manifest));
      // What nobody can go on with only takes room, unless somebody is just beginning it.
      else await ifAlone(key, async () => (await this.#shelf.load(key)) ?? this.#shelf.remove(key));
    }
    return models.sort((a, b) => b.modified - a.modified);
  }

  async remove(key: string): Promise<void> {
    const { name } = await this.#shelf.need(key);
    const done = await ifAlone(key, async () => {
      await this.#shelf.remove(key);
      return true;
    });
    if (!done) throw new LibraryError('locked', messages.inUse(name));
  }

  async verify(key: string, watch: Watch = {}): Promise<StoredModel> {
    const { name } = await this.#shelf.need(key);
    const { meter } = this.#call(watch);
    const found = await ifAlone(key, () => verifyModel(key, this.#shelf, meter, watch.signal));
    if (!found) throw new LibraryError('locked', messages.inUse(name));
    return this.#shelf.describe(key, found);
  }

  async arrive(model: ModelRef | string, watch: Watch = {}): Promise<ArrivingModel> {
    if (typeof model !== 'string' && model.kind === 'files') return arriveLocally(model, watch);
    if (typeof model !== 'string' && model.kind === 'directory') return arriveLocally(model, watch);
    const kept =
      typeof model === 'string'
        ? { key: model, manifest: await this.#shelf.need(model) }
        : await this.#kept(model, isComplete);
    if (kept && isComplete(kept.manifest)) {
      return arriveStored(kept.key, kept.manifest, this.#shelf, watch);
    }
    const call = this.#call(watch);
    const target = kept
      ? { ...kept, shelf: this.#shelf }
      : await this.#target(model as HubRef | UrlRef, call, this.#shelfFor(model as HubRef | UrlRef));
    return arriveWhileFetched(target.key, target.manifest, target.shelf, watch.signal, (arrivals, signal) =>
      this.#fulfil(target, { ...call, signal }, arrivals),
    );
  }

  open(model: ModelRef | string, watch: Watch = {}): Promise<LoadedModel> {
    return unlessChanged(async () => {
      const arriving = await this.arrive(model, watch);
      const { config, tokenizer, source } = arriving;
      try {
        const [weights, whole] = await Promise.all([collectWeights(config, source), arriving.whole]);
        return { config, tokenizer, weights, ...whole };
      } finally {
        arriving.close();
      }
    });
  }

  #call({ onProgress, signal }: Watch): Call {
    const meter = new Meter(onProgress);
    meter.show('asking');
    return {
      meter,
      signal,
      hubs: [...this.#sources],
      net: this.#net,
      onServer: (server) => meter.show('asking', { server }),
      onRetry: ({ message }, retryIn) => meter.show('retrying', { problem: message, retryIn }),
    };
  }

  #plan(ref: HubRef | UrlRef, call: Call): Promise<Plan> {
    if (ref.kind === 'hub') return planHub(ref, call);
    return planUrl(ref, { ...call, sums: !this.#isBuiltIn(ref) });
  }

  /** What to fetch for a model, and where to. While no server answers, what was begun before is gone on with. */
  async #target(ref: HubRef | UrlRef, call: Call, shelf: Shelf): Promise<Target> {
    const planned = await this.#plan(ref, call).catch((error: unknown) => ({ error }));
    if ('error' in planned) {
      const { error } = planned;
      const kept = error instanceof LibraryError && error.passing ? await this.#kept(ref) : undefined;
      if (!kept) throw error;
      return { shelf, ...kept };
    }
    const key = await keyOf(ref, planned.commit);
    if (ref.kind === 'url' && shelf === this.#shelf) await this.#forgetOlder(key);
    return { shelf, key, manifest: (await shelf.load(key)) ?? manifestOf(planned) };
  }

  /** The model that was last downloaded from a place. */
  async #kept(ref: HubRef | UrlRef, which: (manifest: Manifest) => boolean = () => true) {
    let latest: { key: string; manifest: Manifest } | undefined;
    for (const key of await this.#shelf.keys()) {
      const manifest = await this.#shelf.load(key);
      if (!manifest || !isSame(manifest.ref, ref) || !which(manifest)) continue;
      if (!latest || manifest.modified > latest.manifest.modified) latest = { key, manifest };
    }
    return latest;
  }

  /** Deletes what was begun of older versions of a plain server's folder: nobody has the rest any more. */
  async #forgetOlder(key: string): Promise<void> {
    const [folder] = key.split('/');
    for (const other of await this.#shelf.keys()) {
      if (other === key || !other.startsWith(`${folder}/`)) continue;
      const manifest = await this.#shelf.load(other);
      if (manifest && !isComplete(manifest)) await ifAlone(other, () => this.#shelf.remove(other));
    }
  }

  /** The built-in model comes with the pages, so it is not kept a second time. */
  #shelfFor(ref: HubRef | UrlRef): Shelf {
    return this.#isBuiltIn(ref) ? new Shelf(new MemoryStore()) : this.#shelf;
  }

  #isBuiltIn(ref: HubRef | UrlRef): boolean {
    return this.known.some((known) => known.download === 0 && isSame(known.ref, ref));
  }

  /** Fetches what is missing, once no other tab does. */
  #fulfil({ shelf, key, manifest }: Target, call: Call, delivery?: Delivery): Promise<Manifest> {
    const { meter, signal, hubs, net } = call;
    return downloadAlone(key, meter, signal, async () => {
      // Another tab may have got further meanwhile.
      const latest = (await shelf.load(key)) ?? manifest;
      const room = async () => (shelf.store.kind === 'disk' ? freeBytes() : undefined);
      const seen = refusing(shelf, key, latest.name, delivery);
      const makeHash = this.#makeHash;
      return fulfil({
        key,
        manifest: latest,
        shelf,
        hubs,
        net,
        makeHash,
        meter,
        signal,
        room,
        delivery: seen,
      });
    });
  }
}

const CONFIG = 'config.json';

const measures = (config: Config) => ({
  config,
  parameters: parameterCount(config),
  memory: memoryNeed(config),
});

/** Ends a download as soon as config.json says that the model is none that can be computed. */
function refusing(shelf: Shelf, key: string, name: string, delivery?: Delivery): Delivery {
  return {
    onOpen: (path, file) => delivery?.onOpen(path, file),
    onParts: (path, parts) => delivery?.onParts(path, parts),
    onClose: (path) => delivery?.onClose(path),
    async onVerified(path, file) {
      const bytes = path === CONFIG ? await shelf.store.read(shelf.path(key, path)) : undefined;
      if (bytes) readConfig(name, await bytes.read(0, bytes.size));
      await delivery?.onVerified(path, file);
    },
  };
}

/** A plain server's files may change while they are fetched. Then all begins anew, once. */
async function unlessChanged<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof LibraryError) || error.code !== 'changed') throw error;
    return run();
  }
}
