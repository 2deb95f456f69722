import type { Lesson } from '../../src/lessons/lesson';
import { button, element, unseen } from '../dom';
import { strings } from './strings';

/** Inserts a lesson. @param asker the button that was pressed */
type Insert = (lesson: Lesson, asker: HTMLElement) => void;

/** The lessons in their order, with what each is for. */
export function lessonList(lessons: readonly Lesson[], insert: Insert): HTMLElement {
  return element('ol', {}, ...lessons.map((lesson) => row(lesson, insert)));
}

function row(lesson: Lesson, insert: Insert): HTMLElement {
  const { number, title, goal, minutes } = lesson;
  const goalId = `lesson-goal-${number}`;
  const asker: HTMLElement = button(
    strings.insert,
    {
      size: 'small',
      'data-lesson': number,
      'aria-label': strings.insertNamed(title),
      'aria-describedby': goalId,
    },
    () => insert(lesson, asker),
  );
  return element(
    'li',
    { class: 'lesson' },
    element('span', { class: 'lesson-number', 'aria-hidden': 'true' }, String(number)),
    element(
      'div',
      {},
      element(
        'h3',
        {},
        title,
        element('span', { class: 'lesson-minutes', 'aria-hidden': 'true' }, strings.minutes(minutes)),
        unseen(`, ${strings.minutesSpoken(minutes)}`),
      ),
      element('p', { class: 'lesson-goal', id: goalId }, sentence(goal)),
    ),
    asker,
  );
}

const sentence = (goal: string): string => goal.charAt(0).toUpperCase() + goal.slice(1);
