import { element, icon } from '../dom';
import type { Table } from './picture';
import { words } from './strings';

/** A table behind a line that opens it; what is never opened is never built. */
export class TableBox {
  readonly box: HTMLDetailsElement;
  readonly #scroller = element('div', { class: 'picture-table', tabindex: 0, role: 'region' });
  #table: (() => Table) | undefined;

  constructor() {
    this.box = element(
      'details',
      { class: 'chooser' },
      element('summary', { class: 'chooser-head' }, icon('chevron'), words.showTable),
      this.#scroller,
    );
    this.box.addEventListener('toggle', () => this.#build());
  }

  show(table: () => Table): void {
    this.#table = table;
    this.#build();
  }

  #build(): void {
    if (!this.box.open || !this.#table) {
      this.#scroller.replaceChildren();
      return;
    }
    const { caption, head, rows } = this.#table();
    this.#scroller.setAttribute('aria-label', caption);
    this.#scroller.replaceChildren(
      element(
        'table',
        {},
        element('caption', {}, caption),
        element(
          'thead',
          {},
          element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, element('bdi', {}, text)))),
        ),
        element(
          'tbody',
          {},
          ...rows.map(([name = '', ...values]) =>
            element(
              'tr',
              {},
              element('th', { scope: 'row' }, element('bdi', {}, name)),
              ...values.map((value) => element('td', {}, value)),
            ),
          ),
        ),
      ),
    );
  }
}
