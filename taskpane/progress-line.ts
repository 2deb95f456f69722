import { button, element } from './dom';
import { progressBar, showPercent } from './progress-bar';

/** How far a piece of work has come: a bar, a line about it, and a button to stop it. */
export class ProgressLine {
  readonly box: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #text = element('p', { class: 'progress-text' });
  readonly #stop: HTMLElement;

  /** @param words `label` names the work for screen readers, `stop` is on the button */
  constructor(words: { readonly label: string; readonly stop: string }, onStop: () => void) {
    this.#bar = progressBar(words.label);
    this.#stop = button(words.stop, { size: 'small', 'data-action': 'stop' }, onStop);
    this.box = element(
      'div',
      { class: 'progress', hidden: true },
      this.#bar,
      element('div', { class: 'progress-line' }, this.#text, this.#stop),
    );
  }

  start(text: string): void {
    this.show(undefined, text);
    this.box.hidden = false;
  }

  /** @param fraction from 0 to 1; undefined while nobody knows */
  show(fraction: number | undefined, text: string): void {
    showPercent(this.#bar, fraction === undefined ? undefined : Math.round(100 * fraction));
    this.#text.textContent = text;
  }

  /** @returns whether the keyboard was on its button, which is gone now */
  stop(): boolean {
    const hadFocus = this.#stop === document.activeElement;
    this.box.hidden = true;
    return hadFocus;
  }
}
