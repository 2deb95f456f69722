import { element } from './dom';

/** A bar that shows how far something has come, in percent. @param label what it is that goes on, for screen readers */
export const progressBar = (label: string): HTMLElement =>
  element('fluent-progress-bar', {
    role: 'progressbar',
    thickness: 'large',
    'aria-label': label,
    'aria-valuemin': 0,
    'aria-valuemax': 100,
  });

/** @param percent Without it the bar runs back and forth: nobody knows yet how much there is to do. */
export function showPercent(bar: HTMLElement, percent: number | undefined): void {
  for (const name of ['value', 'aria-valuenow']) {
    if (percent === undefined) bar.removeAttribute(name);
    else bar.setAttribute(name, String(percent));
  }
}
