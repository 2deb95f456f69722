import type { FormulaGroup } from '../src/catalogue/catalogue';
import type { FormulaInfo } from '../src/catalogue/formula';
import { element, icon } from './dom';
import { formulaRow } from './formula-row';
import { matches } from './metadata';

/** A stage's formulas on the page. */
export class ShownGroup {
  readonly box: HTMLDetailsElement;
  readonly #rows: readonly { formula: FormulaInfo; row: HTMLElement }[];
  readonly #number: HTMLElement;
  /** Whether the group is open while nothing is filtered. */
  #open: boolean;

  constructor({ title, formulas }: FormulaGroup, open: boolean) {
    this.#open = open;
    this.#rows = formulas.map((formula) => ({ formula, row: formulaRow(formula) }));
    this.#number = element('span', { class: 'number' }, String(formulas.length));
    this.box = element(
      'details',
      { class: 'group', open },
      element('summary', { class: 'group-head' }, icon('chevron'), element('h3', {}, title), this.#number),
      element('ul', {}, ...this.#rows.map(({ row }) => row)),
    );
  }

  /**
   * Shows the formulas that match, or all of them for an empty filter, and opens the group for what it found.
   * @param before the filter until now
   * @returns how many match
   */
  filter(text: string, before: string): number {
    if (before === '') this.#open = this.box.open;
    let found = 0;
    for (const { formula, row } of this.#rows) {
      row.hidden = !matches(formula, text);
      if (!row.hidden) found++;
    }
    this.#number.textContent = String(found);
    this.box.hidden = found === 0;
    this.box.open = text === '' ? this.#open : found > 0;
    return found;
  }
}
