import { chooseHost } from '../../src/host/choose';
import type { Selection, SheetHost, Undone } from '../../src/host/host';
import { announce } from '../announcer';
import { button, element, icon } from '../dom';
import { follow } from '../follow';
import { once } from '../once';
import { sentenceOf } from '../sentence';
import type { Session } from '../session';
import { type Action, freeze, labelRows, shade } from './actions';
import { describeSelection } from './selected';
import { strings } from './strings';

/** What is selected in the sheet, and what makes it easier to read. */
export async function cellsView(session: Session): Promise<HTMLElement> {
  const host = await chooseHost();
  if (!host.selection)
    return element('div', { class: 'cells' }, element('p', { class: 'note' }, strings.noSheet));

  const selected = element('div', { class: 'cells-selected' });
  const note = element('div', { class: 'cells-note' });
  const undoNote = element('span', { class: 'cells-about', id: 'cells-about-undo' });
  const parts = { host, selected, undoNote, say: sayIn(note) };

  const act = once(async (action: Action) => {
    try {
      const selection = await host.selection?.();
      if (selection)
        parts.say('check', await action(host, selection, session.client, (text) => parts.say('wait', text)));
    } catch (error) {
      parts.say('error', sentenceOf(error, strings.wentWrong));
    }
    await show(parts);
  });

  const undo = once(async (regardless: boolean) => {
    try {
      const undone = await host.undoLast?.(regardless);
      if (undone) tell(parts, undone, regardless, () => void undo(true));
    } catch (error) {
      parts.say('error', sentenceOf(error, strings.wentWrong));
    }
    await show(parts);
  });

  const { actions } = strings;
  const view = element(
    'section',
    { class: 'cells', 'aria-labelledby': 'cells-heading' },
    element('h2', { id: 'cells-heading' }, strings.heading),
    selected,
    element(
      'div',
      { class: 'cells-actions' },
      ...row('shade', actions.shade, () => void act(shade)),
      ...row('labelRows', actions.labelRows, () => void act(labelRows)),
      ...row('freeze', actions.freeze, () => void act(freeze)),
      undoButton(() => void undo(false)),
      undoNote,
    ),
    note,
  );
  follow(host, view, () => void show(parts));
  return view;
}

interface Parts {
  readonly host: SheetHost;
  readonly selected: HTMLElement;
  readonly undoNote: HTMLElement;
  readonly say: Say;
}

type Say = (kind: 'check' | 'error' | 'wait', sentence: string, ...more: HTMLElement[]) => void;

function row(
  id: string,
  { label, about }: { label: string; about: string },
  onClick: () => void,
): HTMLElement[] {
  const aboutId = `cells-about-${id}`;
  return [
    button(label, { size: 'small', 'data-action': id, 'aria-describedby': aboutId }, onClick),
    element('span', { class: 'cells-about', id: aboutId }, about),
  ];
}

const undoButton = (onClick: () => void): HTMLElement =>
  button(
    strings.actions.undo.label,
    { size: 'small', 'data-action': 'undo', 'aria-describedby': 'cells-about-undo' },
    onClick,
  );

/** Describes what is selected now, and what Undo would take back. */
async function show({ host, selected, undoNote }: Parts): Promise<void> {
  const last = host.lastChange?.();
  undoNote.textContent = last ? strings.last(last) : strings.nothing;
  let selection: Selection | undefined;
  try {
    selection = await host.selection?.();
    if (selection) selected.replaceChildren(...describeSelection(selection));
  } catch (error) {
    selected.replaceChildren(element('p', { class: 'cells-what' }, sentenceOf(error, strings.failed)));
  }
}

function tell({ say }: Parts, undone: Undone, regardless: boolean, goOn: () => void): void {
  if (undone.changed.length === 0 || regardless) {
    say('check', strings.undone(undone));
    return;
  }
  const confirm = button(strings.undoRegardless, { size: 'small', 'data-action': 'undo-regardless' }, goOn);
  const keep = button(strings.keep, { size: 'small', appearance: 'subtle' }, () =>
    say('check', strings.kept),
  );
  say('error', strings.changed(undone.changed, undone), element('div', { class: 'choice' }, confirm, keep));
}

/** Says how something went, below the buttons and to screen readers. */
function sayIn(note: HTMLElement): Say {
  return (kind, sentence, ...more) => {
    const picture = kind === 'wait' ? [] : [icon(kind)];
    note.replaceChildren(
      element('p', { class: `feedback feedback-${kind}` }, ...picture, element('span', {}, sentence)),
      ...more,
    );
    announce(sentence);
  };
}
