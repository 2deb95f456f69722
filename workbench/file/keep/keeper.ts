import { claim } from './claim';
import { type Entry, FRAME, freeName, Overtaken, partOf } from './entry';
import { pack } from './pack';
import type { Shelf } from './shelf';

/** How long after a change it is written, and how long a stream of changes may put that off, in milliseconds. */
const AFTER = 600;
const AT_LAST = 4000;
/** After a failure it is tried again, for somebody may have made room. */
const RETRY = 15_000;

/** What the keeper asks of the open workbook. */
export interface Source {
  readonly name: string;
  /** The ids of its sheets. */
  readonly sheets: readonly string[];
  /** Everything but the cells, in pieces of text. */
  frame(): Iterable<string>;
  cells(sheet: string): Iterable<string>;
}

/** How the workbook stands. `failed` carries the browser's reason. */
export type State =
  | { readonly kind: 'new' | 'waiting' | 'saving' }
  | { readonly kind: 'saved'; readonly entry: Entry }
  | { readonly kind: 'failed'; readonly reason: unknown };

/** Keeps the open workbook in the browser: a while after each change, what has changed. */
export class Keeper {
  private id: string;
  private revision: number;
  /** The sheets whose cells have changed; everything when it has not been written yet. */
  private readonly dirty = new Set<string>();
  private all: boolean;
  private changed = false;
  private viewed = false;
  private running: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private since: number | undefined;
  #state: State = { kind: 'new' };

  /**
   * @param entry The workbook as it was read; nothing for one that is new, which is first written when it is changed.
   * @param onOvertaken Told the new name, when another tab has written it and this one goes on with a copy.
   */
  constructor(
    private readonly shelf: Shelf,
    private readonly source: Source,
    entry: Entry | undefined,
    private readonly onState: (state: State) => void,
    private readonly onOvertaken: (name: string) => void,
  ) {
    this.id = entry?.id ?? crypto.randomUUID();
    this.revision = entry?.revision ?? 0;
    this.all = entry === undefined;
    if (entry) this.#state = { kind: 'saved', entry };
  }

  get state(): State {
    return this.#state;
  }

  /** The id under which it is kept, or will be. */
  get workbook(): string {
    return this.id;
  }

  /** Whether something is not written yet. */
  get pending(): boolean {
    return this.changed || this.running !== undefined;
  }

  /** To be called at each change. @param sheets those whose cells are concerned; nothing for all of them */
  touch(sheets: readonly string[] | undefined): void {
    if (sheets) for (const sheet of sheets) this.dirty.add(sheet);
    else this.all = true;
    this.changed = true;
    this.schedule();
  }

  /** To be called when something else is selected: worth writing with the rest, but no reason to begin. */
  look(): void {
    if (this.revision === 0 && !this.changed) return;
    this.viewed = true;
    this.schedule();
  }

  /** Writes what is not written yet, now. @throws the browser's reason */
  async save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.running) await this.running;
    if (!this.changed && !this.viewed) return;
    this.running = this.write();
    try {
      await this.running;
    } finally {
      this.running = undefined;
    }
    if (this.#state.kind === 'failed') throw this.#state.reason;
  }

  private schedule(): void {
    const now = performance.now();
    this.since ??= now;
    clearTimeout(this.timer);
    const wait = Math.max(0, Math.min(AFTER, this.since + AT_LAST - now));
    this.timer = setTimeout(() => void this.save().catch(() => {}), wait);
    if (this.changed && this.#state.kind !== 'failed') this.tell({ kind: 'waiting' });
  }

  /** Never rejects: what goes wrong is the state, and is tried again. */
  private async write(): Promise<void> {
    this.since = undefined;
    const { source } = this;
    const sheets = this.all
      ? new Set(source.sheets)
      : new Set([...this.dirty].filter((id) => source.sheets.includes(id)));
    const changed = this.changed;
    const everything = this.all;
    this.dirty.clear();
    this.all = false;
    this.changed = false;
    this.viewed = false;
    if (this.#state.kind !== 'failed' && changed) this.tell({ kind: 'saving' });
    try {
      const parts = new Map<string, Uint8Array>();
      for (const sheet of sheets) parts.set(partOf(sheet), await pack(source.cells(sheet)));
      parts.set(FRAME, await pack(source.frame()));
      const names = new Set([FRAME, ...source.sheets.map(partOf)]);
      const first = this.revision === 0;
      const entry = await this.shelf.write({ id: this.id, name: source.name }, this.revision, parts, names);
      this.revision = entry.revision;
      if (first) await claim(this.id);
      this.tell({ kind: 'saved', entry });
    } catch (reason) {
      for (const sheet of sheets) this.dirty.add(sheet);
      this.all ||= everything;
      this.changed = true;
      if (reason instanceof Overtaken) await this.copy();
      else {
        this.tell({ kind: 'failed', reason });
        this.timer ??= setTimeout(() => void this.save().catch(() => {}), RETRY);
      }
    }
  }

  /** Goes on as another workbook, so that nobody's changes are lost. */
  private async copy(): Promise<void> {
    const taken = await this.shelf.list().catch(() => []);
    this.id = crypto.randomUUID();
    this.revision = 0;
    this.all = true;
    this.onOvertaken(
      freeName(
        this.source.name,
        taken.map(({ name }) => name),
      ),
    );
    this.schedule();
  }

  private tell(state: State): void {
    this.#state = state;
    this.onState(state);
  }
}
