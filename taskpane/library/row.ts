import { element, icon } from '../dom';
import { actionsOf } from './actions';
import type { Activity, Collection } from './collection';
import type { Entry } from './entry';
import { factsOf } from './facts';
import { fitLine } from './fit-line';
import { noteLine } from './note-line';
import { strings } from './strings';
import { transfer } from './transfer';

/** One model in the list: a line that unfolds; what is under way with it shows below, folded or not. */
export interface Row {
  readonly element: HTMLElement;
  readonly summary: HTMLElement;
  show(entry: Entry): void;
  unfold(): void;
}

export function rowOf(collection: Collection, first: Entry): Row {
  let entry = first;
  const name = element('span', { class: 'library-name' });
  const sizes = element('span', { class: 'library-sizes' });
  const state = element('span', { class: 'library-state' });
  const summary = element('summary', { class: 'library-head' }, icon('chevron'), name, state, sizes);
  const facts = element('dl', { class: 'facts' });
  const fit = element('div', {});
  const details = element(
    'details',
    { class: 'library-details' },
    summary,
    element('div', { class: 'library-body' }, facts, fit),
  );
  const note = element('div', {});
  const progress = transfer();
  const actions = actionsOf(collection, first, () => summary);
  const below = element('div', { class: 'library-below' }, progress.element, note, actions.element);
  const row = element('li', { class: 'library-row', 'data-model': first.name }, details, below);

  let fitted = '';
  const fill = () => {
    if (!details.open) return;
    facts.replaceChildren(...factsOf(entry));
    const shape = JSON.stringify(entry.config ?? '');
    if (entry.config && shape !== fitted) fit.replaceChildren(fitLine(collection, entry.config));
    fitted = shape;
  };
  const fold = () => {
    // Folded, a row is one line, but for what is under way.
    actions.element.hidden = !details.open && !collection.activityOf(entry);
    below.hidden = actions.element.hidden && note.childElementCount === 0;
  };
  details.addEventListener('toggle', () => {
    fill();
    fold();
  });

  return {
    element: row,
    summary,
    unfold() {
      details.open = true;
    },
    show(latest) {
      entry = latest;
      const activity = collection.activityOf(entry);
      const open = collection.isOpen(entry);
      name.textContent = entry.name;
      sizes.textContent = strings.summary(entry.parameters, entry.download);
      state.textContent = open ? strings.states.open : stateText(entry, activity);
      state.classList.toggle('library-open', open);
      row.classList.toggle('library-row-open', open);
      progress.show(entry.name, activity);
      const said = activity ? undefined : collection.noteOf(entry);
      note.replaceChildren(...(said ? [noteLine(said)] : []));
      fill();
      actions.show(entry);
      fold();
    },
  };
}

function stateText({ state, stored }: Entry, activity: Activity | undefined): string {
  const { progress } = activity ?? {};
  if (progress && (state === 'absent' || state === 'partial')) {
    return strings.states.coming(progress.bytes, progress.total);
  }
  if (state === 'partial') return strings.states.partial(stored?.bytes ?? 0, stored?.total);
  return strings.states[state];
}
