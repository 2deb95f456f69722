import type { Selection } from '../../src/host/host';
import { partsOf } from '../../src/workbook/address';
import { element } from '../dom';
import { targetOf } from './actions';
import { strings } from './strings';

/** What is selected, in two lines: where, and what fills it. */
export function describeSelection(selection: Selection): HTMLElement[] {
  const { spill, formula, value } = selection;
  const { sheet, cells } = partsOf(targetOf(selection));
  const where = element('p', { class: 'cells-where' }, element('b', {}, cells), ...(sheet ? [sheet] : []));
  if (spill) {
    where.append(element('span', { class: 'cells-size' }, strings.size(spill)));
    return [where, line(strings.spill(''), spill.formula)];
  }
  if (formula) return [where, line(strings.formula(''), formula)];
  return [where, line(value === null ? strings.empty : strings.value)];
}

const line = (text: string, formula?: string): HTMLElement =>
  element('p', { class: 'cells-what' }, text, ...(formula ? [element('code', {}, formula)] : []));
