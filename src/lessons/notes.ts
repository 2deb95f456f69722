import { NAMESPACE } from '../namespace';
import { onSheet } from '../workbook/address';
import { looks } from '../workbook/looks';
import type { Cell, Look, Sheet } from '../workbook/sheet';
import type { LaidOut } from './layout';
import type { Lesson } from './lesson';
import { resolve } from './references';
import { strings } from './strings';
import { heightOf } from './text-height';

const WIDTH = 640;
const LIVE = 260;

/** What a teacher wants beside a lesson: pace, questions, misconceptions, and the answer to everything. */
export function notesSheet(lesson: Lesson, { sheet, questions, places }: LaidOut, name: string): Sheet {
  const words = strings.notes;
  const cells: Cell[] = [];
  const rowHeights: Record<number, number> = { 1: 10 };
  let row = 1;
  const line = (content: string, look: Look, height: number, more: Cell[] = []) => {
    row++;
    cells.push({ at: `C${row}`, content, look }, ...more);
    rowHeights[row] = height;
  };
  const read = (content: string, look: Look = 'body', more: (row: number) => Cell[] = () => []) =>
    line(content, look, heightOf(content, looks[look].size, WIDTH), more(row + 1));
  const heading = (content: string) => line(content, 'heading', 42);
  const resolved = (content: string) => resolve(content, places).replaceAll('GPT2.', `${NAMESPACE}.`);

  line(words.title(lesson.title), 'title', 42);
  row++;
  rowHeights[row] = 8;
  read(strings.goal(lesson.goal));
  heading(words.pace);
  read(`${lesson.minutes} minutes. ${lesson.notes.pace}`);
  heading(words.ask);
  for (const question of lesson.notes.ask) read(`•  ${question}`);
  heading(words.misconceptions);
  for (const mistake of lesson.notes.misconceptions) read(`•  ${mistake}`);
  heading(words.answers);
  for (const { part, step, cell } of questions) {
    const about = part.kind === 'predict' ? words.prediction(part.question) : part.task;
    const link = onSheet(sheet.name, cell);
    read(resolved(about), 'task', (at) => [{ at: `B${at}`, content: step, look: 'stepNumber', link }]);
    if (part.kind === 'predict') {
      const single = (part.rows ?? 1) * (part.columns ?? 1) === 1;
      const live = resolve(part.answer, places, sheet.name).replaceAll('GPT2.', `${NAMESPACE}.`);
      read(resolved(part.why), 'body', (at) =>
        single ? [{ at: `D${at}`, content: `=${live}`, look: 'reveal' }] : [],
      );
    } else {
      const solution = words.typed(cell, resolved(String(part.solution)));
      line(solution, 'solution', heightOf(solution, looks.solution.size * 1.12, WIDTH));
      read(resolved(part.why));
    }
    row++;
    rowHeights[row] = 12;
  }
  return {
    name,
    columns: [
      { from: 'A', width: 16 },
      { from: 'B', width: 44 },
      { from: 'C', width: WIDTH },
      { from: 'D', width: LIVE },
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
