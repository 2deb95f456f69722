import { button, element, icon } from './dom';
import { fact } from './model-card';
import { BACKENDS, type Backend } from './query';
import type { Session } from './session';
import { strings } from './strings';

/** What runs the model and why that, with a way to choose another. */
export function backendCard(session: Session): HTMLElement {
  const words = strings.backend;
  const line = element('dl', { class: 'facts facts-wide' });

  // A native list: every web view knows how to open it, within a pane too small for a list of its own.
  const list = element(
    'select',
    { id: 'backend' },
    ...BACKENDS.map((value) => element('option', { value }, words.choices[value])),
  );
  const apply = button(words.apply, {}, () => {
    chooser.open = false;
    summary.focus();
    void session.reopen(list.value as Backend);
  });
  const summary = element('summary', { class: 'chooser-head' }, icon('chevron'), words.change);
  const chooser = element(
    'details',
    { class: 'chooser' },
    summary,
    element('label', { for: 'backend' }, words.choose),
    element('div', { class: 'chooser-row' }, list, apply),
  );

  const show = () => {
    const { status, request } = session;
    const backend = status.phase === 'ready' ? status.opened.backend : undefined;
    line.hidden = !backend;
    line.replaceChildren(...(backend ? [fact(words.heading, backend.reason)] : []));
    if (!chooser.open) list.value = request.backend;
  };
  session.addEventListener('change', show);
  show();

  return element('div', { class: 'backend', role: 'group', 'aria-label': words.heading }, line, chooser);
}
