import { workbookIn } from '../grid/ranges';
import type { Session } from '../session';
import type { Beginning } from './begin';
import { ConverterLost, convert } from './convert';
import { bookOf, functionsOf, onChange, sourceOf } from './current';
import { claimed } from './keep/claim';
import { type Entry, FRAME, freeName, partOf } from './keep/entry';
import { type Intent, writeIntent } from './keep/intent';
import { Keeper, type State } from './keep/keeper';
import { pack } from './keep/pack';
import { cellsText, frameText } from './keep/parts';
import { ask, askName, tell, withProgress } from './menu/dialogs';
import { make } from './menu/elements';
import { showList } from './menu/list';
import type { Notices } from './menu/notice';
import { reasonOf, strings } from './strings';
import type { Taken } from './xlsx/book';
import { LARGEST_FILE } from './xlsx/limits';
import { bytesInWords, strings as fileStrings } from './xlsx/strings';

/** Where the page shows which workbook is open, and how it stands. */
export interface Signs {
  readonly name: HTMLElement;
  readonly state: HTMLElement;
  readonly notices: Notices;
}

/**
 * What can be done with workbooks. Another workbook is another page: it is written into the browser's storage, and the
 * page is loaded again, so that the pane, its model and its history begin with it.
 */
export class Desk {
  private readonly keeper: Keeper | undefined;
  private changed = false;
  private leaving = false;
  private told = false;

  /** @param ours The functions of the add-in, with their namespace. */
  constructor(
    private readonly session: Session,
    private readonly beginning: Beginning,
    private readonly signs: Signs,
    private readonly ours: readonly string[],
  ) {
    const { shelf, entry, notice } = beginning;
    this.keeper =
      shelf &&
      new Keeper(
        shelf,
        sourceOf(session),
        entry,
        (state) => this.showState(state),
        (name) => this.overtaken(name),
      );
    this.showName();
    if (entry) this.showState({ kind: 'saved', entry });
    else if (!shelf) this.showState({ kind: 'new' });
    if (notice) signs.notices.show({ ...notice, ...(notice.kind && !shelf && { action: this.offerFile() }) });
    void this.tellOpened();
  }

  /** Begins to keep what is changed from now on. */
  watch(): void {
    const { univerAPI } = this.session;
    onChange(this.session, (sheets) => {
      this.changed = true;
      this.keeper?.touch(sheets);
    });
    const look = () => this.keeper?.look();
    univerAPI.addEvent(univerAPI.Event.SelectionChanged, look);
    univerAPI.addEvent(univerAPI.Event.ActiveSheetChanged, look);
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) void this.keeper?.save().catch(() => {});
    });
    window.addEventListener('beforeunload', (event) => {
      if (this.leaving || !this.isUnsaved()) return;
      void this.keeper?.save().catch(() => {});
      event.preventDefault();
    });
  }

  /** Writes everything now, what is being typed too. */
  async save(): Promise<void> {
    await workbookIn(this.session.univerAPI).endEditingAsync(true);
    await this.keeper?.save();
  }

  /** What Ctrl+S does: everything is kept already, so it says so, and offers a file. */
  async saveNow(): Promise<void> {
    const { notices } = this.signs;
    const { state } = this.keeper ?? {};
    if (!state) return this.download();
    try {
      await this.save();
    } catch {
      return; // The notice says why.
    }
    // A person who saves wants to find it again: a browser may promise to keep it when room gets scarce.
    void navigator.storage?.persist?.().catch(() => false);
    const { kind } = this.keeper?.state ?? state;
    const text = kind === 'new' ? strings.notice.unchanged : strings.notice.saved(this.name);
    notices.show({ text, action: this.offerFile() });
  }

  /** Saves an .xlsx file among the downloads. @param ours see `writeBook` */
  async download(ours: 'formulas' | 'values' = 'formulas'): Promise<void> {
    const file = `${this.name.replace(/[\\/:*?"<>|]/g, ' ').trim() || 'workbook'}.xlsx`;
    try {
      await workbookIn(this.session.univerAPI).endEditingAsync(true);
      const bytes = await withProgress(
        { title: strings.busy.writing(file), cancel: strings.busy.cancel },
        (signal) => convert((converter) => converter.write(bookOf(this.session), ours), signal),
      );
      offerDownload(bytes, file);
      this.signs.notices.show({ text: strings.notice.written(file) });
    } catch (error) {
      if (isAbort(error)) return this.signs.notices.show({ text: strings.notice.cancelled });
      await tell(strings.failed.written, [make('p', { textContent: reasonOf(error) })], strings.failed.close);
    }
  }

  /** Begins another workbook; the one that is open stays among those of the browser. */
  async begin(what: 'tour' | 'empty'): Promise<void> {
    if (await this.mayLeave()) this.leave({ begin: what });
  }

  /** Lets somebody choose a file, and opens it. */
  chooseFile(): void {
    const input = make('input', { type: 'file', accept: '.xlsx,.xlsm,.csv,.tsv' });
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      if (file) void this.openFile(file);
    });
    input.click();
  }

  /** Opens a file as a new workbook of this browser. */
  async openFile(file: File): Promise<void> {
    try {
      const { shelf } = this.beginning;
      if (!shelf) throw new Error(strings.failed.cannotOpen(file.name));
      if (file.size > LARGEST_FILE) {
        throw new Error(fileStrings.tooLarge(file.name, bytesInWords(file.size), bytesInWords(LARGEST_FILE)));
      }
      const words = { title: strings.busy.reading(file.name), cancel: strings.busy.cancel };
      const taken = await withProgress(words, (signal) => this.read(file, signal));
      if (!(await this.mayLeave())) return;
      const id = await this.keep(taken, file.name);
      this.leave({ open: id, told: { file: file.name, leftOut: taken.leftOut } });
    } catch (error) {
      if (isAbort(error)) return this.signs.notices.show({ text: strings.notice.cancelled });
      const sentence = error instanceof ConverterLost ? strings.failed.lost(file.name) : reasonOf(error);
      await tell(strings.failed.title, [make('p', { textContent: sentence })], strings.failed.close);
    }
  }

  /** Opens what was dropped. */
  async openDropped(files: readonly File[]): Promise<void> {
    const [file, another] = files;
    if (another)
      await tell(
        strings.failed.title,
        [make('p', { textContent: strings.failed.several })],
        strings.failed.close,
      );
    else if (file) await this.openFile(file);
  }

  async rename(): Promise<void> {
    const name = await askName(strings.rename, this.name);
    if (name) this.setName(name);
  }

  /** Shows the workbooks of this browser. */
  async list(): Promise<void> {
    const { shelf } = this.beginning;
    if (!shelf) {
      return tell(
        strings.list.title,
        [make('p', { textContent: strings.list.unavailable })],
        strings.list.close,
      );
    }
    await this.keeper?.save().catch(() => {});
    await showList({
      entries: () => shelf.list(),
      openAnywhere: claimed,
      here: this.keeper?.workbook ?? '',
      open: async ({ id }: Entry) => {
        if (await this.mayLeave()) this.leave({ open: id });
      },
      rename: async ({ id }, name) => {
        if (id !== this.keeper?.workbook) return void (await shelf.rename(id, name));
        this.setName(name);
        await this.keeper.save();
      },
      remove: async (entries) => {
        for (const { id } of entries) await shelf.remove(id);
        if (entries.some(({ id }) => id === this.keeper?.workbook)) this.leave({ begin: 'tour' });
      },
    });
  }

  private get name(): string {
    return workbookIn(this.session.univerAPI).getName();
  }

  private setName(name: string): void {
    workbookIn(this.session.univerAPI).setName(name);
    this.changed = true;
    // The name is in no sheet.
    this.keeper?.touch([]);
    this.showName();
  }

  private async read(file: File, signal: AbortSignal): Promise<Taken> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const ours = this.ours.map((name) => name.toUpperCase());
    return convert((converter) => converter.read(bytes, file.name, ours, functionsOf(this.session)), signal);
  }

  /** Puts a workbook that was read among those of the browser. @returns its id */
  private async keep({ data, view }: Taken, file: string): Promise<string> {
    const shelf = this.beginning.shelf;
    if (!shelf) throw new Error(strings.failed.cannotOpen(file));
    const id = crypto.randomUUID();
    try {
      const names = (await shelf.list()).map(({ name }) => name);
      const named = { ...data, name: freeName(data.name, names) };
      const parts = new Map([[FRAME, await pack(frameText(named, data.resources ?? [], view))]]);
      for (const sheet of data.sheetOrder) {
        parts.set(partOf(sheet), await pack(cellsText(data.sheets[sheet]?.cellData)));
      }
      await shelf.write({ id, name: named.name }, 0, parts, new Set(parts.keys()));
      return id;
    } catch (cause) {
      const reason = reasonOf(cause).replace(/\.$/, '');
      throw new Error(strings.failed.cannotKeep(file, reason), { cause });
    }
  }

  private isUnsaved(): boolean {
    return this.keeper ? this.keeper.pending || this.keeper.state.kind === 'failed' : this.changed;
  }

  /** Whether nothing is lost by leaving, or somebody has said that it may be. */
  private async mayLeave(): Promise<boolean> {
    await this.save().catch(() => {});
    if (!this.isUnsaved()) return true;
    const { title, text, ...answers } = strings.leave;
    const answer = await ask(title, text, answers);
    // Somebody who saves the file sees that it has arrived, and then chooses again.
    if (answer === 'save') await this.download();
    return answer === 'go';
  }

  private leave(intent: Intent): void {
    this.leaving = true;
    writeIntent(intent);
    location.reload();
  }

  private overtaken(name: string): void {
    const before = this.name;
    workbookIn(this.session.univerAPI).setName(name);
    this.showName();
    this.signs.notices.show({ text: strings.notice.overtaken(before, name) });
  }

  private showName(): void {
    this.signs.name.textContent = this.name;
    document.title = strings.title(this.name);
  }

  private showState(state: State): void {
    const { notices, state: sign } = this.signs;
    const { waiting, saved, failed, nothingKept } = strings.state;
    const words = { new: '', waiting, saving: waiting, saved, failed };
    sign.textContent = this.beginning.shelf ? words[state.kind] : nothingKept;
    sign.dataset.kind = state.kind === 'failed' || !this.beginning.shelf ? 'error' : '';
    if (state.kind === 'failed') {
      this.told = true;
      const reason = reasonOf(state.reason);
      const full = (state.reason as { name?: string }).name === 'QuotaExceededError';
      const text = full ? strings.notice.full(reason.replace(/\.$/, '')) : strings.notice.failed(reason);
      notices.show({ kind: 'error', text, action: this.offerFile() });
    }
    if (state.kind === 'saved') {
      if (this.told) notices.clear();
      this.told = false;
      writeIntent({ open: state.entry.id });
    }
  }

  private offerFile() {
    return { label: strings.notice.download, run: () => void this.download() };
  }

  /** After a file was opened: that it is, and what of it is not. */
  private async tellOpened(): Promise<void> {
    const { told } = this.beginning;
    if (!told) return;
    const { file, leftOut } = told;
    if (leftOut.length === 0) return this.signs.notices.show({ text: strings.notice.opened(file) });
    const words = strings.leftOut;
    const list = make('ul', {}, ...leftOut.map((sentence) => make('li', { textContent: sentence })));
    const content = [make('p', { textContent: words.lead }), list, make('p', { textContent: words.file })];
    await tell(words.title(file), content, words.close);
  }
}

function offerDownload(bytes: Uint8Array, file: string): void {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  const link = make('a', { href: url, download: file });
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

const isAbort = (error: unknown) => (error as { name?: string } | undefined)?.name === 'AbortError';
