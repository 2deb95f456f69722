import { button, element } from '../dom';
import { strings } from './strings';

/** How inserting goes on: a bar, the sheet that is being written, and a way to stop. */
export interface InsertProgress {
  readonly box: HTMLElement;
  /** Shows the bar for some work. @returns what the work returns */
  during<T>(
    work: (signal: AbortSignal, show: (fraction: number, sheet: string) => void) => Promise<T>,
  ): Promise<T>;
}

export function insertProgress(): InsertProgress {
  const bar = element('fluent-progress-bar', {
    role: 'progressbar',
    thickness: 'large',
    'aria-label': strings.progressLabel,
    'aria-valuemin': 0,
    'aria-valuemax': 100,
  });
  const text = element('p', { class: 'progress-text' });
  let stop = () => {};
  const cancel = button(
    strings.cancel,
    { size: 'small', appearance: 'subtle', 'data-action': 'cancel' },
    () => stop(),
  );
  const box = element(
    'div',
    { class: 'progress', hidden: true },
    bar,
    element('div', { class: 'progress-line' }, text, cancel),
  );
  return {
    box,
    async during(work) {
      const controller = new AbortController();
      stop = () => controller.abort();
      const show = (fraction: number, sheet: string) => {
        const percent = String(Math.round(100 * fraction));
        bar.setAttribute('value', percent);
        bar.setAttribute('aria-valuenow', percent);
        text.textContent = strings.progress(sheet);
      };
      text.textContent = '';
      bar.removeAttribute('value');
      box.hidden = false;
      try {
        return await work(controller.signal, show);
      } finally {
        box.hidden = true;
      }
    },
  };
}
