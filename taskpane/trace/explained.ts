import type { Explanation, NoExplanation, Title, Value } from '../../src/trace/explanation';
import { figure } from '../../src/trace/strings';
import { element } from '../dom';
import { linkList, type Ways } from './links';
import { strings } from './strings';
import { operandTable } from './table';
import { tokenChip, words } from './words';

/** Which tables are open, by their place, from one number to the next: whoever opened one wants to compare. */
const opened = new Map<number, boolean>([[0, true]]);

/** How a number came about. */
export function explained(explanation: Explanation, ways: Ways): HTMLElement[] {
  const { title, about, value, lines, notes, tables, from, to } = explanation;
  return [
    ...titleOf(title),
    valueCard(value),
    element('p', { class: 'trace-about' }, ...words(about)),
    ...notes.map((note) => element('p', { class: 'trace-note' }, ...words(note))),
    element('h3', {}, strings.computed),
    element(
      'ol',
      { class: 'trace-lines' },
      ...lines.map(({ symbols, numbers }) =>
        element(
          'li',
          {},
          element('p', { class: 'trace-symbols' }, ...words(symbols)),
          element('p', { class: 'trace-numbers' }, ...words(numbers)),
        ),
      ),
    ),
    ...tables.map((table, i) =>
      operandTable(table, opened.get(i) ?? false, (open) => {
        opened.set(i, open);
      }),
    ),
    ...linkList(strings.from, from, ways),
    ...linkList(strings.to, to, ways),
  ];
}

/** Why there is nothing to explain, and what could be. */
export function unexplained(
  { sentence, calls }: NoExplanation,
  ways: Ways,
  qualify: (call: string) => string,
): HTMLElement[] {
  const links = calls.map((call) => ({
    label: call.slice(1),
    formula: qualify(call),
    area: { row: 0, column: 0, rows: 1, columns: 1 },
  }));
  return [
    element('p', { class: 'trace-sentence' }, ...words(sentence)),
    ...linkList(strings.calls, links, ways),
  ];
}

function titleOf({ stage, layer, head, row, column }: Title): HTMLElement[] {
  const parts = [
    [layer !== undefined && strings.layer(layer), head !== undefined && strings.head(head)]
      .filter(Boolean)
      .join(' · '),
    row?.label,
    column?.label,
  ].filter((part): part is string => Boolean(part));
  return [
    element('h3', { class: 'trace-stage', tabindex: -1 }, stage),
    element('ul', { class: 'trace-place' }, ...parts.map((part) => element('li', {}, ...words(part)))),
  ];
}

function valueCard({ shown, recomputed, difference }: Value): HTMLElement {
  const text = typeof shown === 'number' ? figure(shown) : tokenChip(shown);
  const again = typeof recomputed === 'number' ? figure(recomputed) : tokenChip(recomputed);
  return element(
    'div',
    { class: 'trace-value' },
    element('p', { class: 'trace-shown' }, text),
    element(
      'dl',
      { title: strings.rounded },
      element('div', {}, element('dt', {}, strings.recomputed), element('dd', {}, again)),
      ...(difference === undefined
        ? []
        : [
            element(
              'div',
              {},
              element('dt', {}, strings.difference),
              element('dd', {}, figure(Number(difference.toPrecision(2)))),
            ),
          ]),
    ),
  );
}
