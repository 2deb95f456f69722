import { NAMESPACE } from '../src/namespace';
import type { Failure } from '../src/sheet/failures';
import { announce } from './announcer';
import { button, element, icon, unseen } from './dom';
import type { Session } from './session';
import { clock, strings } from './strings';

/** Where failures come from: an object that remembers the last one and dispatches `failure` when that changes. */
export interface FailureSource extends EventTarget {
  readonly last: Failure | undefined;
  clear(): void;
}

/** The last error that a formula gave, in full: Excel shows only its code until someone opens the cell's menu. */
export function failureCard(source: FailureSource, session: Session): HTMLElement {
  const title = element('p', { class: 'message-title' });
  const message = element('p', { class: 'message' });
  const dismiss = button(
    [icon('dismiss'), unseen(strings.failure.dismiss)],
    { slot: 'dismiss', size: 'small', appearance: 'transparent', 'icon-only': true, class: 'dismiss' },
    () => source.clear(),
  );
  const card = element(
    'fluent-message-bar',
    { intent: 'error', class: 'failure' },
    icon('error', { slot: 'icon' }),
    title,
    message,
    dismiss,
  );

  const show = () => {
    const { last } = source;
    card.hidden = !last;
    if (!last) return;
    const formula = `${NAMESPACE}.${last.formula}`;
    title.replaceChildren(
      strings.failure.heading(last.code, formula),
      element('time', { datetime: last.at.toISOString() }, clock(last.at)),
    );
    message.textContent = last.message;
    announce(strings.failure.announce(formula, last.message));
  };

  // Hundreds of cells may fail in one recalculation: what counts is the last of them.
  let due = false;
  source.addEventListener('failure', () => {
    if (due) return;
    due = true;
    setTimeout(() => {
      due = false;
      show();
    }, 50);
  });
  session.addEventListener('change', () => {
    const { status } = session;
    const isWhole = status.phase === 'ready' && !status.arriving;
    if (isWhole && source.last?.waitsForModel) source.clear();
  });
  show();
  return card;
}
