import { chooseHost } from '../../src/host/choose';
import type { SheetHost } from '../../src/host/host';
import { bookOf } from '../../src/lessons/book';
import { course } from '../../src/lessons/course';
import type { Lesson, LessonModel } from '../../src/lessons/lesson';
import { lessonModel } from '../../src/lessons/models';
import { EMBEDDED } from '../../src/models/embedded';
import { button, element } from '../dom';
import { Insertion } from '../insertion/insertion';
import type { Session } from '../session';
import { lessonList } from './list';
import { strings } from './strings';

/** The lessons, to be put into the workbook one by one or all at once, for the model that is open. */
export async function lessonsView(session: Session): Promise<HTMLElement> {
  const host = await chooseHost();
  const lead = element('p', { class: 'lessons-lead' });
  const notes = element('input', { type: 'checkbox', id: 'lessons-notes' });
  const insertion = new Insertion(host, (busy) => view.classList.toggle('lessons-busy', busy));
  const insert = (lessons: readonly Lesson[], asker: HTMLElement) => {
    const model = openModel(session);
    if (!model) return;
    const book = () => bookOf(lessons, model, { notes: notes.checked });
    insertion.insert({ book, asker });
  };
  const all: HTMLElement = button(strings.all, { size: 'small', 'data-action': 'all' }, () =>
    insert(course, all),
  );

  const view = element(
    'section',
    { class: 'lessons', 'aria-labelledby': 'lessons-heading' },
    element('h2', { id: 'lessons-heading' }, strings.heading),
    lead,
    element(
      'div',
      { class: 'lessons-bar' },
      element('label', { for: 'lessons-notes', title: strings.notesAbout }, notes, strings.notes),
      all,
    ),
    insertion.box,
    lessonList(course, (lesson, asker) => insert([lesson], asker)),
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
