import { announce } from '../announcer';
import { element } from '../dom';
import { progressBar, showPercent } from '../progress-bar';
import { Quarters } from '../quarters';
import type { Activity } from './collection';
import { strings } from './strings';

/** A bar and a line that say how something goes with a model. */
export interface Transfer {
  readonly element: HTMLElement;
  /** @param name what people call the model */
  show(name: string, activity: Activity | undefined): void;
}

export function transfer(): Transfer {
  const bar = progressBar('');
  const line = element('p', { class: 'progress-text' });
  const box = element('div', { class: 'library-progress', hidden: true }, bar, line);
  let called = '';
  const quarters = new Quarters((percent) => announce(strings.progress.announce(called, percent)));

  return {
    element: box,
    show(name, activity) {
      box.hidden = !activity;
      if (!activity) {
        quarters.begin();
        return;
      }
      const { kind, progress, text } = activity;
      bar.setAttribute('aria-label', strings.progress.label(name));
      const percent = progress?.total
        ? Math.min(100, Math.floor((100 * progress.bytes) / progress.total))
        : undefined;
      showPercent(bar, percent);
      const known = progress && strings.progress.line(progress);
      line.textContent =
        known ?? text ?? (kind === 'remove' ? strings.remove.busy(name) : strings.progress.starting);
      called = name;
      // The head of the pane tells of a model that is being opened.
      if (kind !== 'open') quarters.at(percent);
    },
  };
}
