import { element } from '../dom';
import type { Collection } from './collection';
import { noteLine } from './note-line';
import { type Row, rowOf } from './row';
import { strings } from './strings';

/** The list of models, each in a row that keeps its place, its focus, and whether it is unfolded. */
export interface List {
  readonly element: HTMLElement;
  /** Unfolds a model's row and puts the focus there. */
  reveal(id: string): void;
}

export function listOf(collection: Collection, heading: HTMLElement): List {
  const rows = new Map<string, Row>();
  const list = element('ul', { class: 'library-list', 'aria-label': strings.list });
  const note = element('div', { class: 'library-said' });

  const arrange = () => {
    const { entries } = collection;
    let focusLost = false;
    for (const [id, row] of rows) {
      if (entries.some((entry) => entry.id === id)) continue;
      focusLost ||= row.element.contains(document.activeElement);
      row.element.remove();
      rows.delete(id);
    }
    entries.forEach((entry, place) => {
      const row = rows.get(entry.id) ?? rowOf(collection, entry);
      rows.set(entry.id, row);
      // Moving an element takes the focus from it, so it is moved only where it must be.
      if (list.children[place] !== row.element) list.insertBefore(row.element, list.children[place] ?? null);
      row.show(entry);
    });
    const said = collection.note;
    note.replaceChildren(...(said ? [noteLine(said)] : []));
    if (focusLost) heading.focus();
  };
  collection.addEventListener('change', arrange);
  collection.addEventListener('news', (event) => {
    const entry = collection.entries.find(({ id }) => id === (event as CustomEvent<string>).detail);
    if (entry) rows.get(entry.id)?.show(entry);
  });
  arrange();

  return {
    element: element('div', {}, list, note),
    reveal(id) {
      const row = rows.get(id);
      row?.unfold();
      row?.summary.focus();
      row?.element.scrollIntoView({ block: 'nearest' });
    },
  };
}
