import type { Chart, Sheet } from '../workbook/sheet';
import { chart, field, grid, show, source } from './blocks';
import type { Lesson, LessonModel, Part, Picture } from './lesson';
import { Page } from './page';
import { fillIn, predict, type Question } from './questions';
import { type Place, resolve } from './references';
import { strings } from './strings';
import { LABELS, LAST, NUMBERS, ROW, WIDTHS } from './widths';
import { named } from './wording';

export type { Question } from './questions';

/** A lesson on its sheet, with what else is known of it. */
export interface LaidOut {
  readonly sheet: Sheet;
  readonly questions: readonly Question[];
  readonly places: ReadonlyMap<string, Place>;
}

/** What is written before and behind this lesson, as their sheets are called. */
export interface Neighbours {
  readonly previous?: string;
  readonly next?: string;
}

/** Puts a lesson on a sheet. @param of how many lessons there are in the course */
export function layOut(
  lesson: Lesson,
  model: LessonModel,
  name: string,
  of: number,
  neighbours: Neighbours = {},
): LaidOut {
  const page = new Page();
  const questions: Question[] = [];
  head(page, lesson, model, of, neighbours);
  lesson.steps(model).forEach(({ title, parts }, i) => {
    page.end(22);
    page.put(NUMBERS, i + 1, 'stepNumber');
    page.put(LABELS, title, 'stepTitle', { to: LAST });
    page.end(36);
    for (const part of parts) {
      const question = write(page, part);
      if (question) questions.push({ ...question, step: i + 1 });
    }
  });
  page.end(40);
  return { sheet: sheetOf(page, name, questions[0]?.cell), questions, places: page.places };
}

/** The way to other lessons, the title, and what the lesson is for. */
function head(page: Page, lesson: Lesson, model: LessonModel, of: number, { previous, next }: Neighbours) {
  const { number, title, minutes, goal } = lesson;
  const linkTo = (sheet: string) => `'${sheet.replaceAll("'", "''")}'!A1`;
  if (previous)
    page.put(LABELS, strings.previous(previous), 'link', { to: LABELS + 2, link: linkTo(previous) });
  if (next) page.put(LAST - 3, strings.next(next), 'linkAtEnd', { to: LAST, link: linkTo(next) });
  page.end(previous || next ? ROW + 2 : 10);
  page.put(LABELS, title, 'title', { to: LAST });
  page.end(42);
  page.put(LABELS, strings.about(number, of, minutes, model.name), 'hint', { to: LAST });
  page.end(26);
  page.end(10);
  page.reading(strings.goal(goal), 'goal', { more: 10 });
  page.put(LABELS, strings.legend, 'hint');
  page.end(ROW);
}

/** @returns the question that the part asks, if it does */
function write(page: Page, part: Part): Omit<Question, 'step'> | undefined {
  switch (part.kind) {
    case 'text':
      page.reading(part.text, 'body');
      break;
    case 'source':
      source(page, part.facts);
      break;
    case 'input':
    case 'given':
      field(page, part);
      break;
    case 'show':
      show(page, part);
      break;
    case 'grid':
      grid(page, part);
      break;
    case 'chart':
      chart(page, part);
      break;
    case 'predict':
      return predict(page, part);
    case 'fillIn':
    case 'exercise':
      return fillIn(page, part);
  }
  return undefined;
}

/** The sheet, with addresses in the place of references. */
function sheetOf(page: Page, name: string, start = 'C2'): Sheet {
  const resolved = (content: string) => named(resolve(content, page.places));
  return {
    name,
    columns: [
      { from: 'A', width: WIDTHS.margin },
      { from: 'B', width: WIDTHS.numbers },
      { from: 'C', width: WIDTHS.labels },
    ],
    defaultWidth: WIDTHS.grid,
    rowHeights: page.heights,
    frozen: { rows: 3, columns: 0 },
    start,
    names: {},
    cells: page.cells.map((cell) =>
      typeof cell.content === 'string' ? { ...cell, content: resolved(cell.content) } : cell,
    ),
    areas: page.areas,
    scales: page.scales,
    ...(page.charts.length > 0 && { charts: page.charts.map((each) => chartOf(each, resolved)) }),
  };
}

function chartOf(
  { chart, title, at, categories, series, names, axes }: Picture & { at: string },
  resolved: (content: string) => string,
): Chart {
  return {
    kind: chart,
    title,
    at,
    categories: resolved(categories),
    series: series.map(({ name, values }) => ({ name, values: resolved(values) })),
    ...(names && { names: resolved(names) }),
    ...(axes && { axes }),
  };
}
