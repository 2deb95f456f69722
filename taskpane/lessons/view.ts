import { chooseHost } from '../../src/host/choose';
import type { SheetHost } from '../../src/host/host';
import { course } from '../../src/lessons/course';
import type { Lesson, LessonModel } from '../../src/lessons/lesson';
import { lessonModel } from '../../src/lessons/models';
import { EMBEDDED } from '../../src/models/embedded';
import { announce } from '../announcer';
import { button, element, icon } from '../dom';
import { once } from '../once';
import { sentenceOf } from '../sentence';
import type { Session } from '../session';
import { insertLessons, type Order } from './insert';
import { lessonList } from './list';
import { insertProgress } from './progress';
import { strings } from './strings';

/** The lessons, to be put into the workbook one by one or all at once, for the model that is open. */
export async function lessonsView(session: Session): Promise<HTMLElement> {
  const host = await chooseHost();
  const lead = element('p', { class: 'lessons-lead' });
  const notes = element('input', { type: 'checkbox', id: 'lessons-notes' });
  const note = element('div', { class: 'lessons-note' });
  const progress = insertProgress();

  const say = sayIn(note);
  const insert = once(async (order: Omit<Order, 'model'>) => {
    const model = openModel(session);
    if (!model) return;
    note.replaceChildren();
    view.classList.add('lessons-busy');
    try {
      const outcome = await progress.during((signal, show) =>
        insertLessons(host, { ...order, model }, signal, show),
      );
      if (outcome.kind === 'cancelled') say('check', strings.cancelled);
      else if (outcome.kind === 'taken') ask(order, outcome.sheets);
      else say('check', strings.inserted(outcome.sheets), undoButton(false));
    } catch (error) {
      say('error', sentenceOf(error, strings.wentWrong));
    }
    view.classList.remove('lessons-busy');
  });

  const ask = (order: Omit<Order, 'model'>, sheets: readonly string[]) => {
    const again = (taken: Order['taken']) => void insert({ ...order, taken });
    say(
      'error',
      strings.taken(sheets),
      small(strings.replace, 'replace', () => again('replace')),
      small(strings.beside, 'beside', () => again('rename')),
      small(strings.leave, 'leave', () => say('check', strings.left)),
    );
    note.querySelector<HTMLElement>('fluent-button')?.focus();
  };

  const undo = once(async (regardless: boolean) => {
    try {
      const undone = await host.undoLast?.(regardless);
      if (undone?.changed.length && !regardless) say('error', strings.changed, undoButton(true));
      else say('check', strings.undone);
    } catch (error) {
      say('error', sentenceOf(error, strings.wentWrong));
    }
  });
  const undoButton = (regardless: boolean) =>
    small(regardless ? strings.undoRegardless : strings.undo, 'undo', () => void undo(regardless));

  const order = (lessons: readonly Lesson[]) => void insert({ lessons, notes: notes.checked });
  const view = element(
    'section',
    { class: 'lessons', 'aria-labelledby': 'lessons-heading' },
    element('h2', { id: 'lessons-heading' }, strings.heading),
    lead,
    element(
      'div',
      { class: 'lessons-bar' },
      element('label', { for: 'lessons-notes', title: strings.notesAbout }, notes, strings.notes),
      button(strings.all, { size: 'small', 'data-action': 'all' }, () => order(course)),
    ),
    progress.box,
    note,
    lessonList(course, (lesson) => order([lesson])),
  );
  const show = () => showState(session, host, lead, view);
  session.addEventListener('change', show);
  show();
  return view;
}

/** The open model as lessons see it; nothing while none is open, or when none of the lessons fits. */
function openModel({ status }: Session): LessonModel | undefined {
  if (status.phase !== 'ready') return undefined;
  const { name, config } = status.opened.model;
  return lessonModel({ name, config }, EMBEDDED);
}

function showState(session: Session, host: SheetHost, lead: HTMLElement, view: HTMLElement): void {
  const { status } = session;
  const fits = openModel(session) !== undefined;
  if (!host.insert) lead.textContent = strings.noSheet;
  else if (status.phase !== 'ready') lead.textContent = strings.waiting;
  else lead.textContent = (fits ? strings.lead : strings.noVariant)(status.opened.model.name);
  const usable = host.insert !== undefined && fits;
  // What cannot be done here is not offered; the lessons can be read about all the same.
  for (const each of view.querySelectorAll<HTMLElement>('[data-lesson], .lessons-bar')) each.hidden = !usable;
}

const small = (label: string, action: string, onClick: () => void): HTMLElement =>
  button(label, { size: 'small', 'data-action': action }, onClick);

/** Says how something went, above the list and to screen readers, with what can be done about it. */
const sayIn =
  (note: HTMLElement) =>
  (kind: 'check' | 'error', sentence: string, ...actions: HTMLElement[]): void => {
    note.replaceChildren(
      element('p', { class: `feedback feedback-${kind}` }, icon(kind), element('span', {}, sentence)),
      ...(actions.length > 0 ? [element('div', { class: 'lessons-choice' }, ...actions)] : []),
    );
    announce(sentence);
  };
