import { button, element } from '../dom';
import type { Activity, Collection } from './collection';
import type { Entry } from './entry';
import { strings } from './strings';

type Action = 'use' | 'download' | 'pause' | 'stop' | 'resume' | 'verify' | 'remove';

/** What can be done with a model now. */
export function possible(
  { state }: Pick<Entry, 'state'>,
  isOpen: boolean,
  activity: Pick<Activity, 'kind'> | undefined,
): readonly Action[] {
  if (activity?.kind === 'remove') return [];
  if (activity?.kind === 'verify') return ['stop'];
  if (activity) {
    const pausing: Action = state === 'absent' || state === 'partial' ? 'pause' : 'stop';
    return activity.kind === 'download' ? ['use', 'pause'] : [pausing];
  }
  const use: readonly Action[] = isOpen ? [] : ['use'];
  if (state === 'absent') return [...use, 'download'];
  if (state === 'partial') return [...use, 'resume', 'verify', 'remove'];
  return state === 'here' ? [...use, 'verify', 'remove'] : use;
}

/** The buttons of one model. They stay the same elements, so that the one with the focus keeps it. */
export interface Actions {
  readonly element: HTMLElement;
  show(entry: Entry): void;
}

/** @param home where the focus goes when the button that has it disappears */
export function actionsOf(collection: Collection, first: Entry, home: () => HTMLElement): Actions {
  let entry = first;
  const words = strings.actions;
  const make = (action: Action, run: () => unknown, attributes = {}) =>
    button(
      words[action],
      {
        size: 'small',
        'data-action': action,
        'aria-label': words.about(words[action], first.name),
        ...attributes,
      },
      () => void run(),
    );
  const confirm = element('div', { class: 'library-confirm', role: 'group', hidden: true });
  const buttons: Record<Action, HTMLElement> = {
    use: make('use', () => collection.use(entry), { appearance: 'primary' }),
    download: make('download', () => collection.download(entry)),
    resume: make('resume', () => collection.download(entry)),
    pause: make('pause', () => collection.stop(entry)),
    stop: make('stop', () => collection.stop(entry)),
    verify: make('verify', () => collection.verify(entry)),
    remove: make('remove', () => ask()),
  };
  const row = element('div', { class: 'library-actions' }, ...Object.values(buttons));

  const close = () => {
    confirm.hidden = true;
    confirm.replaceChildren();
  };
  const keep = () => {
    close();
    buttons.remove.focus();
  };
  confirm.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') keep();
  });

  function ask(): void {
    const { name, stored } = entry;
    const sentence = strings.remove.ask(name, stored?.bytes ?? 0);
    const open = collection.isOpen(entry) ? [element('p', {}, strings.remove.askOpen(name))] : [];
    const yes = button(strings.remove.yes, { size: 'small', 'data-action': 'remove-yes' }, () => {
      close();
      home().focus();
      void collection.remove(entry);
    });
    const no = button(strings.remove.no, { size: 'small', 'data-action': 'remove-no' }, keep);
    confirm.setAttribute('aria-label', sentence);
    confirm.replaceChildren(
      element('p', {}, sentence),
      ...open,
      element('div', { class: 'library-actions' }, yes, no),
    );
    confirm.hidden = false;
    no.focus();
  }

  return {
    element: element('div', {}, row, confirm),
    show(latest) {
      entry = latest;
      const shown = possible(entry, collection.isOpen(entry), collection.activityOf(entry));
      const focused = (Object.keys(buttons) as Action[]).find((key) => buttons[key].matches(':focus-within'));
      for (const [action, made] of Object.entries(buttons)) made.hidden = !shown.includes(action as Action);
      row.hidden = shown.length === 0;
      if (!shown.includes('remove')) close();
      if (focused && !shown.includes(focused)) (shown[0] ? buttons[shown[0]] : home()).focus();
    },
  };
}
