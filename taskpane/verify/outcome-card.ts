import { announce } from '../announcer';
import { button, element, icon } from '../dom';
import { strings } from './strings';
import type { Told } from './told';

/** What can be done about an outcome. */
interface Actions {
  showFirstFailure(): void;
  /** The report as text. */
  report(): string;
}

/** How a verification ended: a sentence in plain words, and buttons to copy the report and to see what failed. */
export function outcomeCard({ intent, title, sentences, firstFailure }: Told, actions: Actions): HTMLElement {
  const feedback = element('div', { class: 'verify-feedback' });
  const small = { size: 'small', slot: 'actions' };
  const copy = button(strings.copy, { ...small, 'data-action': 'copy-report' }, () => {
    void copyReport(actions.report(), feedback);
  });
  const show = firstFailure
    ? [button(strings.showFirst, { ...small, 'data-action': 'show-first' }, actions.showFirstFailure)]
    : [];
  announce([`${title}.`, ...sentences].join(' '));
  return element(
    'div',
    { class: `verify-outcome-card verify-${intent}` },
    element(
      'fluent-message-bar',
      { intent, layout: 'multiline' },
      icon(intent === 'success' ? 'check' : 'error', { slot: 'icon' }),
      element('p', { class: 'message-title' }, title),
      ...sentences.map((sentence) => element('p', { class: 'message' }, sentence)),
      ...show,
      copy,
    ),
    feedback,
  );
}

async function copyReport(report: string, feedback: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(report);
    say(feedback, 'check', strings.copied);
  } catch {
    // Excel on the web may keep the clipboard from its add-ins: what can be selected can be copied.
    const text = element('textarea', { class: 'verify-report', readonly: true, rows: 6 });
    text.setAttribute('aria-label', strings.reportLabel);
    text.value = report;
    say(feedback, 'error', strings.notCopied, text);
    text.select();
  }
}

function say(feedback: HTMLElement, picture: 'check' | 'error', sentence: string, ...more: HTMLElement[]) {
  feedback.replaceChildren(
    element('p', { class: `feedback feedback-${picture}` }, icon(picture), element('span', {}, sentence)),
    ...more,
  );
  announce(sentence);
}
