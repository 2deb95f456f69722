import { addressOf } from '../workbook/address';
import { looks } from '../workbook/looks';
import { heightOf } from '../workbook/text-height';
import type { FillIn, Predict } from './lesson';
import { isRight } from './marking';
import type { Page } from './page';
import { strings } from './strings';
import { BAR, FIRST, gridWidth, LABELS, LAST, TEXT_BAR } from './widths';

/** The space behind a question, so that the next one is not taken for a part of it. */
const APART = 18;

/** A question of a lesson, by the cells that a student or a test uses. */
export interface Question {
  readonly part: FillIn | Predict;
  /** The number of its step. */
  readonly step: number;
  /** Where the student types. */
  readonly cell: string;
  /** Where ✓ appears, and the words beside it; of fill-ins and exercises. */
  readonly tick?: string;
  readonly mark?: string;
  /** Where the student asks for the answer, and where it shows; of predictions. */
  readonly ask?: string;
  readonly answer?: string;
}

const quoted = (sentence: string): string => `"${sentence.replaceAll('"', '""')}"`;

/** A task, room for the answer, and a mark. */
export function fillIn(page: Page, part: FillIn): Omit<Question, 'step'> {
  const { rows = 1, columns = 1 } = part;
  const one = rows * columns === 1;
  page.reading(part.task, 'task');
  const cell = addressOf(page.row + (one ? 0 : 1 + (part.heads ? 1 : 0)), FIRST);
  const [tickAt, markAt] = one ? [FIRST + 2, FIRST + 3] : [FIRST, FIRST + 1];
  const [tick, mark] = [addressOf(page.row, tickAt), addressOf(page.row, markAt)];
  page.put(LABELS, strings[part.kind], 'field');
  page.put(tickAt, `=IF(${isRight(part)},"✓","")`, 'tick');
  const otherwise = `IF(IFERROR(${cell}="",FALSE),${quoted(strings.empty(cell))},${quoted(strings.wrong(part.hint))})`;
  page.put(markAt, `=IF(${tick}="✓",${quoted(strings.right)},${otherwise})`, 'mark', { to: LAST });
  const least = part.tolerance === 'text' ? TEXT_BAR : BAR;
  const hint = heightOf(strings.wrong(part.hint), looks.mark.size, gridWidth(LAST - markAt + 1));
  if (one) {
    page.place(part.key, FIRST, 1, 1);
    page.put(FIRST, '', 'typed', { to: FIRST + 1 });
    page.end(Math.max(least, hint));
  } else {
    page.end(Math.max(least, hint));
    page.frame(part, rows, columns);
    page.body({ ...part, look: part.look ?? 'room' }, rows, columns);
    page.areas.push({ range: cell, look: 'typedNumber' });
  }
  page.end(APART);
  return { part, cell, tick, mark };
}

/** A question to be guessed first, and the answer to those who ask for it. */
export function predict(page: Page, part: Predict): Omit<Question, 'step'> {
  page.reading(part.question, 'task');
  const [cell, ask] = [addressOf(page.row, FIRST), addressOf(page.row, LAST)];
  page.put(LABELS, strings.guess, 'field');
  page.put(FIRST, '', 'guess', { to: FIRST + 3 });
  page.put(LAST - 2, strings.reveal, 'ask', { to: LAST - 1 });
  page.put(LAST, '', 'choice');
  page.end(BAR);
  const answer = addressOf(page.row, FIRST);
  const first = quoted(strings.guessFirst(cell));
  page.place(part.key, FIRST, 1, 1);
  page.put(LABELS, strings.answer, 'field');
  page.put(FIRST, `=IF(${ask}="","",IF(${cell}="",${first},${part.answer}))`, 'reveal', { to: LAST });
  page.end(BAR);
  page.end(APART);
  return { part, cell, ask, answer };
}
