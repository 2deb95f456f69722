import type { Table, TableRow } from '../../src/trace/explanation';
import { figure } from '../../src/trace/strings';
import { element, icon } from '../dom';
import { alignedFigures } from './figures';
import { words } from './words';

/** A table of operands that opens and closes, and scrolls inside itself where it is wider than the pane. */
export function operandTable(table: Table, open: boolean, onToggle: (open: boolean) => void): HTMLElement {
  const { caption, headings, rows, rest } = table;
  const columns = headings.slice(1).map((_, c) =>
    alignedFigures([
      ...rows.map(({ values }) => values[c] ?? ''),
      // The sum of what is not listed stands below the last column.
      ...(c === headings.length - 2 && rest?.sum !== undefined ? [rest.sum] : []),
    ]),
  );
  const body = rows.map((row, r) =>
    lineOf(
      row,
      columns.map((column) => column[r] ?? ''),
    ),
  );
  const foot = rest && restLine(rest, headings.length, columns.at(-1)?.[rows.length]);
  const box = element(
    'details',
    { class: 'trace-table', open },
    element('summary', {}, icon('chevron'), element('span', {}, ...words(caption))),
    element(
      'div',
      // With a name and in the order of the Tab key, for it may scroll.
      { class: 'trace-scroll', tabindex: 0, role: 'group', 'aria-label': caption },
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element('tr', {}, ...headings.map((heading) => element('th', { scope: 'col' }, ...words(heading)))),
        ),
        element('tbody', {}, ...body),
        ...(foot ? [element('tfoot', {}, foot)] : []),
      ),
    ),
  );
  box.addEventListener('toggle', () => onToggle(box.open));
  return box;
}

function lineOf({ label, values, own }: TableRow, texts: readonly string[]): HTMLElement {
  const cells = values.map((value, c) =>
    typeof value === 'number'
      ? element('td', { title: figure(value) }, texts[c] ?? '')
      : element('td', { class: 'trace-text' }, ...words(value)),
  );
  return element(
    'tr',
    // What the explained number itself is made of, among its neighbours.
    { class: own ? 'trace-own' : undefined, 'aria-current': own ? 'true' : undefined },
    element('th', { scope: 'row' }, ...words(label)),
    ...cells,
  );
}

function restLine(
  { label, sum }: NonNullable<Table['rest']>,
  width: number,
  text: string | undefined,
): HTMLElement {
  const span = sum === undefined ? width : width - 1;
  return element(
    'tr',
    {},
    element('th', { scope: 'row', colspan: span }, label),
    ...(sum === undefined ? [] : [element('td', { title: figure(sum) }, text ?? figure(sum))]),
  );
}
