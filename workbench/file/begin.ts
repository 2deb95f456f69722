import { claim } from './keep/claim';
import { type Entry, freeName, VERSION } from './keep/entry';
import { type Intent, readIntent } from './keep/intent';
import { assemble, type Kept } from './keep/parts';
import { Shelf } from './keep/shelf';
import type { Notice } from './menu/notice';
import { reasonOf, strings } from './strings';

/** What this tab begins with. */
export interface Beginning {
  /** Missing where the browser keeps nothing. */
  readonly shelf?: Shelf;
  /** The workbook that was kept, to be gone on with. Without an entry it is a copy of one that another tab has open. */
  readonly kept?: Kept;
  readonly entry?: Entry;
  /** What to begin with where there is none. */
  readonly fresh: 'tour' | 'empty';
  readonly name: string;
  readonly notice?: Notice;
  readonly told?: Intent['told'];
}

/**
 * Finds what this tab is to show: what it showed before, or else the workbook that was changed last, or else the tour.
 * Never throws: what cannot be opened stays as it is, and is told.
 */
export async function begin(): Promise<Beginning> {
  const intent = readIntent();
  const fresh = intent.begin ?? 'tour';
  try {
    const shelf = await Shelf.open();
    const entries = await shelf.list();
    return await beginWith(shelf, entries, intent);
  } catch (error) {
    const text = strings.notice.nothingKept(withoutStop(reasonOf(error)));
    return { fresh, name: strings.unnamed, notice: { kind: 'error', text } };
  }
}

async function beginWith(shelf: Shelf, entries: readonly Entry[], intent: Intent): Promise<Beginning> {
  const names = entries.map(({ name }) => name);
  const anew = {
    shelf,
    fresh: intent.begin ?? ('tour' as const),
    name: freeName(strings.unnamed, names),
  };
  const wanted = intent.open
    ? entries.find(({ id }) => id === intent.open)
    : intent.begin
      ? undefined
      : entries[0];
  if (!wanted) return { ...anew, ...(intent.open && { notice: { text: strings.notice.gone } }) };
  const { id, name, version } = wanted;
  if (version > VERSION) {
    return { ...anew, notice: { kind: 'error', text: strings.notice.newer(name) } };
  }
  // Claimed first: what is read must not be changed by another tab before this one has it.
  const mine = await claim(id);
  const read = await Promise.all([shelf.entry(id), shelf.parts(id)])
    .then(async ([entry, parts]) => ({ entry, kept: await assemble(parts) }))
    .catch((error: unknown) => reasonOf(error));
  if (typeof read === 'string') {
    mine?.();
    return { ...anew, notice: { kind: 'error', text: strings.notice.damaged(name, read) } };
  }
  const { told } = intent;
  if (mine) return { ...anew, name, ...read, ...(told && { told }) };
  const copy = freeName(name, names);
  return { ...anew, name: copy, kept: read.kept, notice: { text: strings.notice.copy(name, copy) } };
}

const withoutStop = (sentence: string) => sentence.replace(/\.$/, '');
