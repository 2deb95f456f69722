import { announce } from '../announcer';
import { element } from '../dom';
import type { Activity } from './collection';
import { strings } from './strings';

/** A screen reader hears of progress this often, in percent. */
const ANNOUNCED_STEP = 25;

/** A bar and a line that say how something goes with a model. */
export interface Transfer {
  readonly element: HTMLElement;
  /** @param name what people call the model */
  show(name: string, activity: Activity | undefined): void;
}

export function transfer(): Transfer {
  const bar = element('fluent-progress-bar', {
    role: 'progressbar',
    thickness: 'large',
    'aria-valuemin': 0,
    'aria-valuemax': 100,
  });
  const line = element('p', { class: 'progress-text' });
  const box = element('div', { class: 'library-progress', hidden: true }, bar, line);
  let step = 0;

  const tell = (name: string, activity: Activity, percent: number | undefined) => {
    const reached = Math.floor((percent ?? 0) / ANNOUNCED_STEP) * ANNOUNCED_STEP;
    // The head of the pane tells of a model that is being opened.
    if (reached > step && reached < 100 && activity.kind !== 'open') {
      announce(strings.progress.announce(name, reached));
    }
    step = Math.max(step, reached);
  };

  return {
    element: box,
    show(name, activity) {
      box.hidden = !activity;
      if (!activity) {
        step = 0;
        return;
      }
      const { kind, progress, text } = activity;
      bar.setAttribute('aria-label', strings.progress.label(name));
      const percent = progress?.total
        ? Math.min(100, Math.floor((100 * progress.bytes) / progress.total))
        : undefined;
      for (const attribute of ['value', 'aria-valuenow']) {
        if (percent === undefined) bar.removeAttribute(attribute);
        else bar.setAttribute(attribute, String(percent));
      }
      const known = progress && strings.progress.line(progress);
      line.textContent =
        known ?? text ?? (kind === 'remove' ? strings.remove.busy(name) : strings.progress.starting);
      tell(name, activity, percent);
    },
  };
}
