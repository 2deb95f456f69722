import type { Row, RowKind } from '../../src/verify/api';
import { element, icon } from '../dom';
import { headRow, tableRow } from './row';
import { strings } from './strings';

/** The rows as they come, a table for each kind. */
export class Results {
  readonly box = element('div', { class: 'verify-results', role: 'group', 'aria-label': strings.rows });
  readonly #groups = new Map<RowKind, Group>();
  #firstFailure: HTMLElement | undefined;

  constructor() {
    this.clear();
  }

  clear(): void {
    this.#groups.clear();
    this.#firstFailure = undefined;
    this.box.replaceChildren();
    this.box.hidden = true;
  }

  add(row: Row): void {
    let group = this.#groups.get(row.kind);
    if (!group) {
      group = new Group(row.kind);
      this.#groups.set(row.kind, group);
      this.box.append(group.box);
      this.box.hidden = false;
    }
    const shown = group.add(row);
    if (row.outcome === 'failed') this.#firstFailure ??= shown;
  }

  /** Brings the first row that failed into view and puts the keyboard there. */
  showFirstFailure(): void {
    const row = this.#firstFailure;
    if (!row) return;
    const group = row.closest('details');
    if (group) group.open = true;
    row.scrollIntoView({ block: 'center' });
    row.focus({ preventScroll: true });
  }
}

class Group {
  readonly box: HTMLDetailsElement;
  readonly #body = element('tbody', { role: 'rowgroup' });
  readonly #number = element('span', { class: 'number' });
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };

  constructor(kind: RowKind) {
    const title = strings.kinds[kind];
    this.box = element(
      'details',
      { class: 'verify-group', open: true, 'data-kind': kind },
      element('summary', { class: 'group-head' }, icon('chevron'), element('h3', {}, title), this.#number),
      element(
        'table',
        { class: 'verify-table', role: 'table', 'aria-label': title },
        element('thead', { role: 'rowgroup', class: 'unseen' }, headRow()),
        this.#body,
      ),
    );
  }

  add(row: Row): HTMLElement {
    this.#counts[row.outcome]++;
    this.#number.textContent = strings.counts(this.#counts);
    this.box.classList.toggle('verify-group-failed', this.#counts.failed > 0);
    const shown = tableRow(row);
    this.#body.append(shown);
    return shown;
  }
}
