import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookOf, sheetName } from '../../src/lessons/book';
import { course } from '../../src/lessons/course';
import { type LaidOut, layOut } from '../../src/lessons/layout';
import type { Lesson } from '../../src/lessons/lesson';
import { addressOf, area } from '../../src/workbook/address';
import { extentOf } from '../../src/workbook/extent';
import type { Sheet } from '../../src/workbook/sheet';
import { type OpenLessons, openEmbedded, openRandom, type Shown } from './calculated';
import { marked, solutions } from './solving';

/** Errors that a sheet shows, with their cells. */
function errorsOn(sheet: Sheet, shown: Shown): string[] {
  const { rows, columns } = extentOf(sheet);
  return Array.from({ length: rows * columns }, (_, i) => addressOf(Math.floor(i / columns), i % columns))
    .map((at) => `${at} ${shown(at)}`)
    .filter((cell) => / #[A-Z/0]+[!?]?/.test(cell));
}

/** Results that do not reach as far as they have room: a text of fewer tokens, a narrower model. */
function unfilled({ sheet }: LaidOut, shown: Shown): string[] {
  return sheet.cells.flatMap(({ at, content, spillsTo }) => {
    // An answer that is still hidden fills nothing.
    if (!spillsTo || `${content}`.startsWith('=IF(')) return [];
    const { top, left, bottom, right } = area(`${at}:${spillsTo}`);
    const end = addressOf(bottom, bottom > top ? left : right);
    return (shown(end) ?? '') === '' ? [end] : [];
  });
}

describe.each([
  ['the built-in model', openEmbedded],
  ['a random model with GPT-2’s vocabulary', openRandom],
] as const)('on %s', (_, open) => {
  let lessons: OpenLessons;
  beforeAll(async () => {
    lessons = await open();
  });
  afterAll(() => lessons?.close());

  describe.each(course.map((lesson): [string, Lesson] => [sheetName(lesson), lesson]))(
    '%s',
    (name, lesson) => {
      let laid: LaidOut;
      let blank: Shown;
      let solved: Shown;
      beforeAll(async () => {
        laid = layOut(lesson, lessons.model, name, course.length);
        blank = await lessons.show([laid.sheet]);
        solved = await lessons.show([laid.sheet], solutions(laid));
      });

      it('shows no error as it is inserted, nor when it is solved', () => {
        expect(errorsOn(laid.sheet, blank)).toEqual([]);
        expect(errorsOn(laid.sheet, solved)).toEqual([]);
      });

      it('fills the room that it has for results', () => {
        const typed = lesson.number === 1 ? 2 : 0; // ids and tokens of a text that has room to grow
        expect(unfilled(laid, blank).length).toBe(typed);
      });

      it('marks what is empty not yet, and solutions right', () => {
        for (const { part, tick, mark, step } of marked(laid)) {
          const where = `step ${step}, ${part.key}`;
          expect([blank(tick) ?? '', String(blank(mark))], where).toEqual([
            '',
            expect.stringMatching(/^Not yet: .* is empty/),
          ]);
          expect([solved(tick), solved(mark)], where).toEqual(['✓', 'Right.']);
        }
      });

      it('hides the answers to predictions until they are asked for', () => {
        for (const { part, answer, step } of laid.questions) {
          if (!answer) continue;
          const where = `step ${step}, ${part.key}`;
          expect(blank(answer) ?? '', where).toBe('');
          expect(String(solved(answer) ?? ''), where).not.toBe('');
        }
      });

      it('has teacher’s notes whose answers are computed, too', async () => {
        const sheets = bookOf([lesson], lessons.model, { notes: true })((wish) => wish);
        const [sheet, notes] = sheets as [Sheet, Sheet];
        const shown = await lessons.show([notes, sheet]);
        expect(errorsOn(notes, shown)).toEqual([]);
        const live = notes.cells.filter(({ content }) => `${content}`.startsWith('='));
        for (const { at } of live) expect(String(shown(at) ?? ''), at).not.toBe('');
        expect(area(notes.start).top).toBe(1);
      });
    },
  );
});
