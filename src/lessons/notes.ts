import { onSheet } from '../workbook/address';
import { looks } from '../workbook/looks';
import type { Cell, Look, Sheet } from '../workbook/sheet';
import { heightOf, readingHeight } from '../workbook/text-height';
import { citationsOf } from './facts';
import type { LaidOut } from './layout';
import type { Lesson } from './lesson';
import { resolve } from './references';
import { strings } from './strings';
import { named, unbroken } from './wording';

const WIDTH = 720;

/** What a teacher wants beside a lesson: pace, questions, misconceptions, and the answer to everything. */
export function notesSheet(lesson: Lesson, { sheet, questions, places }: LaidOut, name: string): Sheet {
  const words = strings.notes;
  const { pace, ask, misconceptions, facts = [] } = lesson.notes;
  const cells: Cell[] = [];
  const rowHeights: Record<number, number> = { 1: 10 };
  let row = 1;
  const space = (height: number) => {
    row++;
    rowHeights[row] = height;
  };
  const line = (content: string, look: Look, height: number, more: Partial<Cell> = {}) => {
    row++;
    cells.push({ at: `C${row}`, content, look, ...more });
    rowHeights[row] = height;
  };
  const read = (text: string, look: Look = 'body', more: Partial<Cell> = {}) => {
    const content = unbroken(text);
    line(content, look, readingHeight(content, looks[look], WIDTH), more);
  };
  const heading = (content: string) => {
    line(content, 'heading', 42);
    space(6);
  };
  const resolved = (content: string) => named(resolve(content, places));

  line(words.title(lesson.title), 'title', 42);
  space(8);
  read(strings.goal(lesson.goal));
  heading(words.pace);
  read(`${lesson.minutes} minutes. ${pace}`);
  heading(words.ask);
  for (const question of ask) read(`•  ${question}`);
  heading(words.misconceptions);
  for (const mistake of misconceptions) read(`•  ${mistake}`);
  heading(words.answers);
  line(words.steps, 'hint', 28);
  for (const { part, step, cell } of questions) {
    const about = part.kind === 'predict' ? words.prediction(part.question) : part.task;
    cells.push({ at: `B${row + 1}`, content: step, look: 'stepLink', link: onSheet(sheet.name, cell) });
    read(resolved(about), 'task');
    if (part.kind !== 'predict') {
      const solution = words.typed(cell, resolved(String(part.solution)));
      line(solution, 'solution', heightOf(solution, looks.solution.size * 1.12, WIDTH));
    }
    read(resolved(part.why));
    if (part.kind === 'predict') {
      const answer = named(resolve(part.answer, places, sheet.name));
      line(`="${words.live}"&TRIM(${answer})`, 'reveal', 30);
    }
    space(16);
  }
  if (facts.length > 0) heading(words.sources);
  for (const { name: work, places: where, link } of citationsOf(facts)) {
    read(strings.source(work, where), link ? 'sourceLink' : 'source', link ? { link } : {});
  }
  return {
    name,
    columns: [
      { from: 'A', width: 16 },
      { from: 'B', width: 44 },
      { from: 'C', width: WIDTH },
    ],
    defaultWidth: 80,
    rowHeights,
    frozen: { rows: 2, columns: 0 },
    start: 'C2',
    names: {},
    cells,
    areas: [],
    scales: [],
  };
}
