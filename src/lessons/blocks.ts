import { addressOf } from '../workbook/address';
import { looks } from '../workbook/looks';
import { heightOf } from '../workbook/text-height';
import { citationsOf, type Fact } from './facts';
import type { Field, Grid, Picture, Show } from './lesson';
import type { Page } from './page';
import { strings } from './strings';
import { BAR, FIRST, gridWidth, LABELS, LAST, ROW } from './widths';

/** A line of a result that is text, in pixels. */
const LINE = 21;
/** A chart is at least so many rows high. */
const CHART_ROWS = 12;

/** One cell that other formulas use, with its label. */
export function field(page: Page, { kind, key, label, content }: Field): void {
  const wide = typeof content === 'string';
  const look = kind === 'given' ? 'given' : wide ? 'guess' : 'choice';
  page.place(key, FIRST, 1, 1);
  page.put(LABELS, label, 'field');
  page.put(FIRST, content, look, wide ? { to: LAST } : {});
  page.end(Math.max(BAR, wide ? heightOf(content, looks[look].size, gridWidth(LAST - FIRST + 1)) : 0));
  page.end(8);
}

/** A formula with the cells that it fills. */
export function show(page: Page, part: Show): void {
  page.put(LABELS, strings.formulaIn(`[${part.key}@0,0]`, part.formula), 'formula');
  page.end(ROW);
  if (part.lines !== undefined) {
    page.place(part.key, FIRST, 1, 1);
    page.put(FIRST, part.formula, 'paragraph', { to: LAST });
    page.end(part.lines * LINE + 6);
    page.end(12);
    return;
  }
  page.frame(part, part.rows, part.columns);
  page.spill(part.formula, part.rows, part.columns);
  page.body(part, part.rows, part.columns);
}

/** Cells that each hold something of their own; the first formula among them is written out. */
export function grid(page: Page, part: Grid): void {
  const rows = part.cells.length;
  const columns = Math.max(...part.cells.map((row) => row.length));
  const index = part.cells.flat().findIndex((content) => `${content}`.startsWith('='));
  if (index >= 0) {
    const at = `[${part.key}@${Math.floor(index / columns)},${index % columns}]`;
    page.put(LABELS, strings.formulaIn(at, String(part.cells.flat()[index])), 'formula');
    page.end(ROW);
  }
  page.frame(part, rows, columns);
  part.cells.forEach((row, r) => {
    row.forEach((content, c) => {
      page.cells.push({ at: addressOf(page.row + r, FIRST + c), content });
    });
  });
  page.body(part, rows, columns);
}

/** A chart stands to the right of the block before it, which is made high enough. */
export function chart(page: Page, part: Picture): void {
  const { row, rows, columns } = page.last;
  const from = addressOf(row, FIRST + columns + 1);
  // The space behind the block becomes a row like the others.
  if (rows < CHART_ROWS) page.heights[page.row] = ROW;
  for (let more = rows + 1; more < CHART_ROWS; more++) page.end(ROW);
  const to = addressOf(row + Math.max(rows, CHART_ROWS) - 1, LAST);
  page.charts.push({ ...part, at: `${from}:${to}` });
  page.end(12);
}

/** A line for each work that facts are from. */
export function source(page: Page, facts: readonly Fact[]): void {
  for (const { name, places, link } of citationsOf(facts)) {
    page.reading(strings.source(name, places), link ? 'sourceLink' : 'source', link ? { link } : {});
  }
}
