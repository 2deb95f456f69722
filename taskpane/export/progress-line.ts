import { button, element } from '../dom';
import { strings } from './strings';

/** How far the workbook has come, and a button to stop. */
export class ProgressLine {
  readonly box: HTMLElement;
  readonly #bar = element('fluent-progress-bar', {
    role: 'progressbar',
    thickness: 'large',
    'aria-label': strings.progressLabel,
    'aria-valuemin': 0,
    'aria-valuemax': 100,
    max: 100,
  });
  readonly #text = element('p', { class: 'progress-text' });
  readonly #cancel: HTMLElement;

  constructor(onCancel: () => void) {
    this.#cancel = button(strings.cancel, { size: 'small' }, onCancel);
    this.box = element(
      'div',
      { class: 'export-progress', hidden: true },
      this.#bar,
      this.#text,
      this.#cancel,
    );
  }

  start(): void {
    this.show(0, strings.progressLabel);
    this.box.hidden = false;
  }

  show(fraction: number, text: string): void {
    const percent = Math.round(100 * fraction);
    for (const name of ['value', 'aria-valuenow']) this.#bar.setAttribute(name, String(percent));
    this.#text.textContent = text;
  }

  /** @returns whether the keyboard was on its button, which is gone now */
  stop(): boolean {
    const hadFocus = this.#cancel === document.activeElement;
    this.box.hidden = true;
    return hadFocus;
  }
}
