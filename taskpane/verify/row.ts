import type { Row } from '../../src/verify/api';
import { element, icon } from '../dom';
import { strings } from './strings';
import { whole } from './whole';

const SIGNS = { passed: 'check', failed: 'dismiss', skipped: 'dash' } as const;

const COLUMNS = ['outcome', 'what', 'expected', 'ours', 'difference', 'tolerance', 'source'] as const;
type Column = (typeof COLUMNS)[number];

/** The columns' names, for screen readers: in a pane's width each cell shows its own. */
export const headRow = (): HTMLElement =>
  element(
    'tr',
    { role: 'row' },
    ...COLUMNS.map((column) =>
      element('th', { role: 'columnheader', scope: 'col' }, strings.columns[column]),
    ),
  );

/** One published value beside ours. Roles are written out, for a card has not the layout that tables are known by. */
export function tableRow(row: Row): HTMLTableRowElement {
  const { outcome, what, expected, ours, difference, tolerance, reason, source } = row;
  const found = ours === undefined ? strings.notComputed(reason ?? '') : whole(ours);
  return element(
    'tr',
    { role: 'row', class: `verify-row verify-${outcome}`, tabindex: -1 },
    element(
      'td',
      { role: 'cell', class: 'verify-outcome' },
      icon(SIGNS[outcome]),
      element('span', {}, strings.outcomes[outcome]),
    ),
    element('th', { role: 'rowheader', scope: 'row', class: 'verify-what' }, what),
    cell('expected', whole(expected)),
    cell('ours', found),
    cell('difference', difference === undefined ? strings.noDifference : strings.difference(difference)),
    cell('tolerance', tolerance === undefined ? strings.exactly : strings.difference(tolerance)),
    cell('source', ...linked(source)),
  );
}

const cell = (column: Column, ...content: (Node | string)[]): HTMLElement =>
  element(
    'td',
    { role: 'cell', class: `verify-cell verify-cell-${column}` },
    element('span', { class: 'verify-label', 'aria-hidden': 'true' }, strings.columns[column]),
    element('span', { class: 'verify-value' }, ...content),
  );

/** A text in which web addresses are links. */
function linked(text: string): (Node | string)[] {
  return text
    .split(/(https:\/\/[^\s,;)]+)/)
    .filter(Boolean)
    .map((part) =>
      part.startsWith('https://')
        ? element('a', { class: 'link', href: part, target: '_blank', rel: 'noopener' }, part)
        : part,
    );
}
