import type { Book } from '../workbook/sheet';
import { course } from './course';
import { layOut } from './layout';
import type { Lesson, LessonModel } from './lesson';
import { notesSheet } from './notes';
import { strings } from './strings';

/**
 * Lessons as sheets, one each, that lead to one another.
 *
 * @param lessons In the order of their sheets.
 * @param options.notes Whether each is followed by a sheet of teacher's notes.
 */
export const bookOf =
  (lessons: readonly Lesson[], model: LessonModel, { notes = false } = {}): Book =>
  (named) => {
    const names = lessons.map(({ number, title }) => named(strings.sheet(number, title)));
    return lessons.flatMap((lesson, i) => {
      const [previous, next] = [names[i - 1], names[i + 1]];
      const laid = layOut(lesson, model, names[i] as string, course.length, {
        ...(previous && { previous }),
        ...(next && { next }),
      });
      if (!notes) return [laid.sheet];
      return [laid.sheet, notesSheet(lesson, laid, named(strings.notesSheet(lesson.number)))];
    });
  };

/** The sheet's name that a lesson wishes for. */
export const sheetName = ({ number, title }: Lesson): string => strings.sheet(number, title);
