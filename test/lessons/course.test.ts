import { describe, expect, it } from 'vitest';
import { SHAPES } from '../../src/gpt2/shapes';
import { bookOf, sheetName } from '../../src/lessons/book';
import { course } from '../../src/lessons/course';
import { layOut } from '../../src/lessons/layout';
import type { LessonModel } from '../../src/lessons/lesson';
import { GPT2_VOCABULARY, lessonModel } from '../../src/lessons/models';
import { resolve } from '../../src/lessons/references';
import { unbroken } from '../../src/lessons/wording';
import { EMBEDDED } from '../../src/models/embedded';
import { area, overlap } from '../../src/workbook/address';
import { looks } from '../../src/workbook/looks';
import type { Look, Sheet } from '../../src/workbook/sheet';
import { linesOf, textWidth } from '../../src/workbook/text-height';

const tiny: LessonModel = { kind: 'tiny', name: EMBEDDED.name, config: EMBEDDED.config };
const gpt2: LessonModel = { kind: 'gpt2', name: 'gpt2', config: SHAPES.gpt2 };
const small: LessonModel = { ...gpt2, name: 'other', config: { ...gpt2.config, n_layer: 1, n_head: 1 } };
const xl: LessonModel = { ...gpt2, name: 'gpt2-xl', config: SHAPES['gpt2-xl'] };

/** How wide a cell is, with those merged into it. */
function widthOf({ columns, defaultWidth }: Sheet, at: string, mergedTo = at): number {
  const { left, right } = area(`${at}:${mergedTo}`);
  let width = 0;
  for (let column = left; column <= right; column++) width += columns[column]?.width ?? defaultWidth;
  return width;
}

describe.each([tiny, gpt2, small, xl])('on $name', (model) => {
  describe.each(course.map((lesson) => [sheetName(lesson), lesson] as const))('%s', (name, lesson) => {
    const laid = layOut(lesson, model, name, course.length);
    const parts = lesson.steps(model).flatMap((step) => step.parts);
    const kinds = parts.map(({ kind }) => kind);

    it('has a goal, predictions, fill-ins, exercises and sources', () => {
      expect(lesson.goal).toMatch(/\.$/);
      expect(lesson.minutes).toBeGreaterThanOrEqual(20);
      expect(lesson.minutes).toBeLessThanOrEqual(40);
      for (const kind of ['predict', 'fillIn', 'exercise', 'source']) expect(kinds).toContain(kind);
    });

    it('has teacher’s notes with a pace, questions, misconceptions, and an answer to everything', () => {
      const { pace, ask, misconceptions } = lesson.notes;
      expect(pace).not.toBe('');
      expect(ask.length).toBeGreaterThanOrEqual(2);
      expect(misconceptions.length).toBeGreaterThanOrEqual(2);
      const sheets = bookOf([lesson], model, { notes: true })((wish) => wish);
      const said = (sheets[1] as Sheet).cells.map(({ content }) => String(content));
      for (const { part, cell } of laid.questions) {
        expect(said).toContain(unbroken(resolve(part.why, laid.places)));
        if (part.kind !== 'predict') {
          expect(said.filter((text) => text.startsWith(`Into ${cell} goes`))).toHaveLength(1);
        }
      }
    });

    it('puts no cell over another', () => {
      const taken = [
        ...laid.sheet.cells.map(({ at, mergedTo, spillsTo }) => `${at}:${spillsTo ?? mergedTo ?? at}`),
        ...(laid.sheet.charts ?? []).map(({ at }) => at),
      ].map((range) => ({ range, area: area(range) }));
      const collisions = taken.flatMap((one, i) =>
        taken
          .slice(i + 1)
          .flatMap((other) => (overlap(one.area, other.area) ? [`${one.range} ${other.range}`] : [])),
      );
      expect(collisions).toEqual([]);
    });

    it('leaves room for the names of the lessons before and behind it', () => {
      const neighbours = { previous: '5 Queries, keys, values (2)', next: '12 Zero, one, few shots (2)' };
      const { sheet } = layOut(lesson, model, name, course.length, neighbours);
      const links = sheet.cells.filter(({ link }) => link?.startsWith("'"));
      expect(links).toHaveLength(2);
      for (const { at, mergedTo, look, content } of links) {
        const needed = textWidth(String(content), looks[look as Look].size);
        expect(needed, String(content)).toBeLessThan(widthOf(sheet, at, mergedTo));
      }
    });

    it('keeps a student’s room free', () => {
      const rooms = laid.questions.map(({ part, cell }) => ({
        key: part.key,
        place: laid.places.get(part.key),
        cell,
      }));
      for (const { key, place, cell } of rooms) {
        if (!place) continue;
        const room = {
          top: place.row,
          left: place.column,
          bottom: place.row + place.rows - 1,
          right: place.column + place.columns - 1,
        };
        const inside = laid.sheet.cells.filter(({ at, content }) => {
          const one = area(at);
          return content !== '' && overlap(one, room) && !`${content}`.startsWith('=IF(') && at !== cell;
        });
        expect(inside, key).toEqual([]);
      }
    });

    it('resolves every reference, and has a look for everything', () => {
      const texts = laid.sheet.cells.map(({ content }) => String(content));
      expect(texts.filter((content) => /\[\w+(@[^\]]*)?\]/.test(content))).toEqual([]);
      const named = [
        ...laid.sheet.cells.flatMap(({ look }) => look ?? []),
        ...laid.sheet.areas.map(({ look }) => look),
      ];
      expect(named.filter((look) => !looks[look])).toEqual([]);
    });

    it('has hints of two lines at the most, so that its yellow cells stay small', () => {
      const { rowHeights } = laid.sheet;
      const high = laid.questions.map(({ tick, cell }) => rowHeights[area(tick ?? cell).top + 1] as number);
      expect(Math.max(...high)).toBeLessThanOrEqual(46);
    });

    it('has no text in a formula that is longer than Excel takes', () => {
      const formulas = laid.sheet.cells
        .map(({ content }) => `${content}`)
        .filter((text) => text.startsWith('='));
      for (const formula of formulas) {
        for (const [literal] of formula.matchAll(/"(?:[^"]|"")*"/g)) expect(literal.length).toBeLessThan(255);
        expect(formula.length).toBeLessThan(8192);
      }
    });

    it('has rows high enough for its texts', () => {
      for (const sheet of bookOf([lesson], model, { notes: true })((wish) => wish)) {
        for (const { at, mergedTo, look, content } of sheet.cells) {
          if (!look || !looks[look].wrap || typeof content !== 'string' || content.startsWith('=')) continue;
          const { size, bold } = looks[look];
          const pixels = (size * 4) / 3;
          const lines = linesOf(content, bold ? size * 1.15 : size, widthOf(sheet, at, mergedTo) - 10);
          const height = sheet.rowHeights[area(at).top + 1];
          expect(height, `${at}: ${content}`).toBeGreaterThanOrEqual(lines * pixels * 1.2);
        }
      }
    });
  });
});

it('takes sentences to be as wide as they are drawn in the widest of the fonts', () => {
  const drawnOnTwoLines = [
    'Goal: show, by looking between the blocks and by skipping them, what depth is good for.',
    '•  The lens shows what the stream would say, not what the model “thinks” at that depth.',
  ];
  for (const text of drawnOnTwoLines) expect(linesOf(text, 12, 710), text).toBe(2);
  const drawnOnOne = 'A block that can be skipped here may be what another text needs.';
  expect(linesOf(drawnOnOne, 12, 710)).toBe(1);
});

it('is thirteen lessons in their order, with names that every spreadsheet allows', () => {
  expect(course.map(({ number }) => number)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
  const sheets = bookOf(course, tiny, { notes: true })((wish) => wish);
  expect(sheets).toHaveLength(26);
  for (const { name } of sheets) expect(name).toMatch(/^[^[\]:*?/\\']{1,31}$/);
  expect(new Set(sheets.map(({ name }) => name.toLowerCase())).size).toBe(26);
});

it('leads from each lesson to the ones before and behind it, under the names that their sheets get', () => {
  const sheets = bookOf(course.slice(0, 3), tiny)((wish) => `${wish} (2)`);
  const links = sheets.map(({ cells }) => cells.flatMap(({ link }) => (link?.startsWith("'") ? [link] : [])));
  const [first, second, third] = course.map((lesson) => `'${sheetName(lesson)} (2)'!A1`);
  expect(links).toEqual([[second], [first, third], [second]]);
});

it('knows which variant is for which model', () => {
  expect(lessonModel(EMBEDDED, EMBEDDED)?.kind).toBe('tiny');
  expect(lessonModel(gpt2, EMBEDDED)?.kind).toBe('gpt2');
  const other = { name: EMBEDDED.name, config: { ...EMBEDDED.config, n_embd: 48 } };
  expect(lessonModel(other, EMBEDDED)).toBeUndefined();
  expect(GPT2_VOCABULARY).toBe(256 + 50000 + 1);
});

it('says which reference leads nowhere', () => {
  const places = new Map([['q', { row: 4, column: 3, rows: 2, columns: 3 }]]);
  expect(resolve('=SUM([q])+[q@1]+[q@,2]+[q@0,1]+[q@0-1,1-2]', places)).toBe(
    '=SUM(D5:F6)+D6:F6+F5:F6+E5+E5:F6',
  );
  expect(resolve('[q@0,0]', places, 'My sheet')).toBe("'My sheet'!D5");
  expect(() => resolve('[nothing]', places)).toThrow('[nothing] refers to no part');
  expect(() => resolve('[q@2]', places)).toThrow('[q@2] has no such cell');
});
