import { element } from './dom';

const region = element('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });

/** The place that screen readers watch; it must be on the page before anything is said in it. */
export const announcer = (): HTMLElement => region;

/** Has a screen reader say a sentence when it is done with the one before. */
export function announce(text: string): void {
  // The same sentence twice would be no change, and so not be said.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
