import { EMBEDDED } from '../src/models/embedded';
import type { Progress } from '../src/rpc/protocol';
import { announce } from './announcer';
import { button, element, icon } from './dom';
import { progressBar, showPercent } from './progress-bar';
import { quarterOf } from './quarters';
import type { Session } from './session';
import { strings } from './strings';

/** How the opening of the model goes: a bar while it loads, an explanation and a way on when it fails. */
export function progress(session: Session): HTMLElement {
  const bar = progressBar(strings.loading.label);
  const text = element('p', { class: 'progress-text' });
  const stop = button(strings.loading.stop, { size: 'small', appearance: 'subtle', class: 'stop' }, () => {
    void session.client.stopOpening();
  });
  const loading = element(
    'div',
    { class: 'progress' },
    bar,
    element('div', { class: 'progress-line' }, text, stop),
  );
  const message = element('p', { class: 'message' });
  const action = button('', { size: 'small', appearance: 'primary', slot: 'actions' }, () => {
    const ref = session.absent?.ref;
    if (session.absent && ref) void session.use({ name: session.absent.name, ref });
    else void session.reopen(session.refused ? 'best' : undefined);
  });
  const instead = button(
    strings.workbook.builtIn(EMBEDDED.name),
    { size: 'small', slot: 'actions' },
    () => void session.useBuiltIn(),
  );
  const failed = element(
    'fluent-message-bar',
    { intent: 'error', layout: 'multiline', class: 'failed' },
    icon('error', { slot: 'icon' }),
    element('p', { class: 'message-title' }, strings.loading.failed),
    message,
    action,
    instead,
  );

  let announced = '';
  const tell = (sentence: string) => {
    if (sentence !== announced) announce(sentence);
    announced = sentence;
  };

  const show = () => {
    const { status, request } = session;
    const arriving = status.phase === 'ready' ? status.arriving : undefined;
    loading.hidden = status.phase !== 'loading' && status.phase !== 'waiting' && !arriving;
    stop.hidden = status.phase !== 'loading' || !status.progress.download;
    failed.hidden = status.phase !== 'failed';
    if (status.phase === 'waiting') {
      text.textContent = strings.loading.starting;
      showPercent(bar, undefined);
    } else if (status.phase === 'loading' || arriving) {
      const { text: sentence, fraction } =
        status.phase === 'loading' ? status.progress : (arriving as Progress);
      const percent = fraction === undefined ? undefined : Math.round(100 * Math.min(1, fraction));
      text.textContent = sentence;
      showPercent(bar, percent);
      const quarter = quarterOf(percent);
      tell(
        quarter > 0
          ? strings.loading.announcePercent(quarter)
          : strings.loading.announceLoading(request.name),
      );
    } else if (status.phase === 'failed') {
      message.textContent = status.message;
      const { absent } = session;
      action.textContent = absent?.ref
        ? strings.workbook.load(absent.name)
        : session.refused
          ? strings.loading.useAuto
          : strings.loading.tryAgain;
      instead.hidden = !absent;
      tell(`${strings.loading.failed}: ${status.message}`);
    } else {
      const { model, backend } = status.opened;
      tell(strings.loading.announceReady(model.name, strings.backend.names[backend.name]));
    }
  };
  session.addEventListener('change', show);
  show();
  return element('div', {}, loading, failed);
}
