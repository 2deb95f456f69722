import type { Config } from '../../src/gpt2/config';
import type {
  Description,
  DownloadProgress,
  Fit,
  KnownModel,
  ModelRef,
  StoredModel,
} from '../../src/models/api';
import type { Overview } from '../../src/rpc/library';
import { announce } from '../announcer';
import { sentenceOf } from '../sentence';
import type { Session } from '../session';
import { type Entry, entriesOf, placeOf } from './entry';
import { type JobKind, Jobs } from './jobs';
import { strings } from './strings';

/** What is said of a model, or of all of them. */
export interface Note {
  readonly kind: 'check' | 'error' | 'wait';
  readonly text: string;
}

/** What is under way with a model, whoever asked for it. */
export interface Activity {
  readonly kind: JobKind | 'open';
  /** Missing where nothing is known yet. */
  readonly progress?: DownloadProgress;
  /** In place of the progress in bytes, where that is not known. */
  readonly text?: string;
}

/**
 * The models of this device and what is done with them. A `change` event tells of other entries, a `news` event, with the
 * entry's id as its detail, of how it goes with one.
 */
export class Collection extends EventTarget {
  #known: readonly KnownModel[] = [];
  #stored: readonly StoredModel[] = [];
  #described: readonly Description[] = [];
  #entries: readonly Entry[] = [];
  #overview: Overview | undefined;
  #note: Note | undefined;
  readonly #notes = new Map<string, Note>();
  readonly #fits = new Map<string, Promise<Fit[]>>();
  readonly #jobs = new Jobs((id) => this.#news(id));
  /** Openings that somebody has stopped: no failure. */
  readonly #stopped = new Set<string>();
  #phase = '';
  #from: unknown;
  /** Where stored models come from, by their keys: one that is deleted while it is open keeps its line. */
  readonly #places = new Map<string, ModelRef>();

  constructor(readonly session: Session) {
    super();
    session.addEventListener('change', () => this.#follow());
  }

  get #library() {
    return this.session.client.library;
  }

  /** What the library is; missing until `open` has ended. */
  get overview(): Overview | undefined {
    return this.#overview;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** What is said of all models, or of one that is not in the list any more. */
  get note(): Note | undefined {
    return this.#note;
  }

  /** Bytes of all models on this device. */
  get used(): number {
    return this.#stored.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** @throws Error where the library cannot be opened */
  async open(): Promise<void> {
    this.#overview = await this.#library.overview(this.session.request.base);
    this.#known = this.#overview.known;
    await this.refresh();
  }

  /** Looks what is on this device now. */
  async refresh(): Promise<void> {
    this.#stored = await this.#library.list();
    for (const { key, ref } of this.#stored) this.#places.set(key, ref);
    this.#arrange();
  }

  noteOf(entry: Entry): Note | undefined {
    const { status } = this.session;
    const note = this.#notes.get(entry.id);
    if (note || !entry.wanted || status.phase !== 'failed') return note;
    return { kind: this.#stopped.has(entry.id) ? 'wait' : 'error', text: status.message };
  }

  activityOf(entry: Entry): Activity | undefined {
    const job = this.#jobs.get(entry.id);
    if (job) return job;
    const { status } = this.session;
    if (!entry.wanted) return undefined;
    const progress = status.phase === 'loading' ? status.progress : undefined;
    const coming = progress ?? (status.phase === 'ready' ? status.arriving : undefined);
    return coming && { kind: 'open', progress: coming.download, text: coming.text };
  }

  isOpen({ wanted }: Entry): boolean {
    return wanted && this.session.status.phase === 'ready';
  }

  /** Whether this device can hold a model, for each way of computing. */
  fits(config: Config): Promise<Fit[]> {
    const shape = JSON.stringify(config);
    const asked = this.#fits.get(shape) ?? this.#library.fits(config);
    this.#fits.set(shape, asked);
    asked.catch(() => this.#fits.delete(shape));
    return asked;
  }

  /** Gives a model that was looked up a line in the list. */
  add(description: Description): Entry | undefined {
    const { ref } = description;
    this.#described = [description, ...this.#described.filter((other) => other.ref !== ref)];
    this.#arrange();
    return this.#entries.find((entry) => entry.ref === ref || sameText(entry.ref, ref));
  }

  async use(entry: Entry): Promise<void> {
    await this.#jobs.stop(entry.id);
    this.#forget(entry.id);
    const { session } = this;
    if (entry.state === 'builtIn') return session.useBuiltIn();
    const place = entry.state === 'local' ? entry.ref : placeOf(entry);
    const key = typeof place === 'string' ? place : undefined;
    await session.use({ name: entry.name, ref: entry.ref, key });
  }

  async download(entry: Entry): Promise<void> {
    const { name } = entry;
    await this.#do(entry, 'download', async (watch) => {
      await this.#library.download(placeOf(entry), watch);
      return { kind: 'check', text: strings.downloaded(name) };
    });
  }

  /** Ends what is under way with a model. What has arrived is kept. */
  async stop(entry: Entry): Promise<void> {
    if (this.#jobs.get(entry.id)) return this.#jobs.stop(entry.id);
    this.#stopped.add(entry.id);
    await this.session.client.stopOpening();
  }

  async verify(entry: Entry): Promise<void> {
    const { stored } = entry;
    if (!stored) return;
    await this.#do(entry, 'verify', async (watch) => {
      const { files, complete } = await this.#library.verify(stored.key, watch);
      const were = stored.files.filter(({ state }) => state === 'verified').map(({ path }) => path);
      const lost = files.filter(({ path, state }) => were.includes(path) && state !== 'verified');
      if (lost.length > 0) return { kind: 'error', text: strings.verify.wrong(lost.map(({ path }) => path)) };
      const text = complete ? strings.verify.right(were.length) : strings.verify.part(were.length);
      return { kind: 'check', text };
    });
  }

  async remove(entry: Entry): Promise<void> {
    const { stored, name, id } = entry;
    if (!stored) return;
    await this.#do(entry, 'remove', async () => {
      await this.#library.remove(stored.key);
      this.#described = this.#described.filter(({ ref }) => !sameText(ref, entry.ref));
      return { kind: 'check', text: strings.remove.done(name, stored.bytes) };
    });
    if (this.#entries.some((other) => other.id === id)) return;
    this.#note = this.#notes.get(id);
    this.dispatchEvent(new Event('change'));
  }

  /** Does something with a model and says how it came out. */
  async #do(
    entry: Entry,
    kind: JobKind,
    work: (watch: Parameters<Parameters<Jobs['run']>[2]>[0]) => Promise<Note>,
  ): Promise<void> {
    const { id } = entry;
    this.#forget(id);
    const outcome = await this.#jobs.run(id, kind, work);
    if (!outcome) return;
    const { value, error, stopped } = outcome;
    await this.refresh().catch(() => undefined); // what is said stands, whatever the list says
    const { stored } = this.#entries.find((other) => other.id === id) ?? {};
    const quiet = kind === 'verify' ? strings.verify.stopped : strings.paused(stored?.bytes ?? 0);
    const note: Note =
      value ??
      (stopped
        ? { kind: 'wait', text: quiet }
        : { kind: 'error', text: sentenceOf(error, strings.wentWrong) });
    this.#notes.set(id, note);
    announce(`${entry.name}: ${note.text}`);
    this.#news(id);
  }

  #forget(id: string): void {
    this.#note = undefined;
    this.#notes.delete(id);
    this.#stopped.delete(id);
    this.#news(id);
  }

  /** The session has news: of the model that it opens, or of another one that it opens now. */
  #follow(): void {
    if (!this.#overview) return;
    const { status } = this.session;
    const whole = status.phase === 'ready' && status.opened.model.sha256 !== '';
    const phase = `${status.phase} ${whole}`;
    const settled = phase !== this.#phase;
    this.#phase = phase;
    if (settled && status.phase === 'loading') this.#stopped.clear();
    else if (settled) void this.refresh().catch(() => undefined);
    if (this.#from !== this.#asked.from) this.#arrange();
    const wanted = this.#entries.find((entry) => entry.wanted);
    if (wanted) this.#news(wanted.id);
  }

  /** What was asked for last, or what the workbook asks for and this device does not have. */
  get #asked(): { from: ModelRef | string; name: string } {
    const { absent, request } = this.session;
    if (absent) return { from: absent.ref ?? '', name: absent.name };
    const { from, name } = request;
    const isStored = this.#stored.some(({ key }) => key === from);
    return { from: typeof from === 'string' && !isStored ? (this.#places.get(from) ?? from) : from, name };
  }

  #arrange(): void {
    const { from, name } = this.#asked;
    this.#from = from;
    this.#entries = entriesOf({
      known: this.#known,
      stored: this.#stored,
      described: this.#described,
      wanted: { from, name },
    });
    this.dispatchEvent(new Event('change'));
  }

  #news(id: string): void {
    this.dispatchEvent(new CustomEvent('news', { detail: id }));
  }
}

/** Files cannot be compared by what they say, and are never the same. */
const sameText = (a: Entry['ref'], b: Entry['ref']): boolean =>
  (a.kind === 'hub' || a.kind === 'url') && JSON.stringify(a) === JSON.stringify(b);
