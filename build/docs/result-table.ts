import type { Example } from './example';
import { code, escaped, scroller } from './html';
import { strings } from './strings';

/** Of a large result, so much is shown. */
const MOST_ROWS = 12;
const MOST_COLUMNS = 8;

/** What an example gives, as a table; what is left out is said below it. */
export function resultTable({ formula, rows, rowHeads, columnHeads }: Example): string {
  const words = strings.page;
  const width = rows[0]?.length ?? 0;
  const shown = rows.slice(0, MOST_ROWS).map((row) => row.slice(0, MOST_COLUMNS));
  const columns = shown[0]?.length ?? 0;
  const down = rows.length > shown.length;
  const across = width > columns;
  const more = '<td class="more" aria-hidden="true">…</td>';

  const isNumeric = (column: number) => rows.every((row) => typeof row[column] === 'number');
  const head = columnHeads
    ? `<thead><tr>${rowHeads ? '<td></td>' : ''}${columnHeads
        .slice(0, columns)
        .map((text, i) => `<th scope="col"${isNumeric(i) ? ' class="number"' : ''}>${escaped(text)}</th>`)
        .join('')}${across ? more : ''}</tr></thead>`
    : '';
  const body = shown.map((row, i) => {
    const name = rowHeads ? `<th scope="row">${escaped(rowHeads[i] ?? '')}</th>` : '';
    return `<tr>${name}${row.map(cell).join('')}${across ? more : ''}</tr>`;
  });
  if (down) {
    const cells = columns + (rowHeads ? 1 : 0) + (across ? 1 : 0);
    body.push(`<tr aria-hidden="true">${'<td class="more">…</td>'.repeat(cells)}</tr>`);
  }
  const notes = [
    words.exampleCaption,
    down || across
      ? words.part(words.someRows(shown.length, rows.length), words.someColumns(columns, width))
      : '',
    shown.flat().some(isRounded) ? words.rounded : '',
    rowHeads || columnHeads ? words.heads : '',
  ].filter(Boolean);
  const table = `<table class="cells">${head}<tbody>${body.join('\n')}</tbody></table>`;
  return `<p class="formula">${code(formula)}</p>
${scroller(words.result(formula), table)}
<p class="note">${notes.join(' ')}</p>`;
}

const cell = (value: unknown): string =>
  typeof value === 'number'
    ? `<td class="number">${numberText(value)}</td>`
    : `<td><span class="text">${escaped(String(value))}</span></td>`;

const isRounded = (value: unknown): boolean =>
  typeof value === 'number' && Number(numberText(value)) !== value;

/** A number with at most four decimals; very large and very small ones with their power of ten. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e7 || (size > 0 && size < 1e-3)) return value.toExponential(2).replace(/\.?0*e\+?/, 'e');
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(4);
}
