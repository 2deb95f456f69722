import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookOf, sheetName } from '../../src/lessons/book';
import { course } from '../../src/lessons/course';
import { type LaidOut, layOut } from '../../src/lessons/layout';
import type { Lesson } from '../../src/lessons/lesson';
import { addressOf, area } from '../../src/workbook/address';
import { extentOf } from '../../src/workbook/extent';
import { type OpenLessons, openEmbedded, openRandom, type Shown } from './calculated';

/** Errors that a sheet shows, with the cells that hold the formulas nearest above. */
function errorsOn({ sheet }: LaidOut, shown: Shown): string[] {
  const { rows, columns } = extentOf(sheet);
  const found: string[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = addressOf(row, column);
      const value = shown(at);
      if (typeof value === 'string' && /^#[A-Z/0]+[!?]?/.test(value)) found.push(`${at}: ${value}`);
    }
  }
  return found;
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
        const typed = laid.questions.flatMap(({ part, cell, ask }): [string, string | number][] =>
          part.kind === 'predict'
            ? [
                [cell, 'a guess'],
                [ask as string, 'yes'],
              ]
            : [[cell, solutionOf(laid, cell)]],
        );
        solved = await lessons.show([laid.sheet], Object.fromEntries(typed));
      });

      it('shows no error as it is inserted', () => {
        expect(errorsOn(laid, blank)).toEqual([]);
      });

      it('shows no error when it is solved', () => {
        expect(errorsOn(laid, solved)).toEqual([]);
      });

      it('says not yet of what is empty, and ✓ of the solutions', () => {
        for (const { part, tick, mark, step } of laid.questions) {
          if (!tick || !mark) continue;
          const where = `step ${step}, ${part.key}`;
          expect([blank(tick) ?? '', String(blank(mark)).slice(0, 7)], where).toEqual(['', 'Not yet']);
          expect([solved(tick), solved(mark)], where).toEqual(['✓', 'Right.']);
        }
      });

      it('hides the answers to predictions until they are asked for', () => {
        for (const { part, answer, step } of laid.questions) {
          if (!answer) continue;
          const where = `step ${step}, ${part.key}`;
          expect(blank(answer) ?? '', where).toBe('');
          expect(String(solved(answer) ?? ''), where).not.toBe('');
          if (process.env.SHOW) console.log(name, where, '→', solved(answer));
        }
      });
    },
  );
});

function solutionOf({ questions, sheet, places }: LaidOut, cell: string): string | number {
  const question = questions.find((one) => one.cell === cell);
  if (!question || question.part.kind === 'predict') throw new Error(cell);
  void sheet;
  void area;
  return typeof question.part.solution === 'number'
    ? question.part.solution
    : resolved(question.part.solution, places);
}

import { resolve } from '../../src/lessons/references';

const resolved = (text: string, places: LaidOut['places']) => resolve(text, places);
void bookOf;
