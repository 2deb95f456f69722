import { button, element } from '../dom';
import { strings } from './strings';

/** How far a verification has come, and a button to stop it. */
export class RunProgress {
  readonly box: HTMLElement;
  readonly #bar = element('fluent-progress-bar', {
    role: 'progressbar',
    thickness: 'large',
    'aria-label': strings.progressLabel,
    'aria-valuemin': 0,
  });
  readonly #text = element('p', { class: 'progress-text verify-now' });
  readonly #cancel: HTMLElement;

  constructor(onCancel: () => void) {
    this.#cancel = button(strings.cancel, { size: 'small', class: 'verify-cancel' }, onCancel);
    this.box = element(
      'div',
      { class: 'verify-progress', hidden: true },
      this.#bar,
      this.#text,
      this.#cancel,
    );
  }

  start(): void {
    this.show(0, 1, '');
    this.#text.textContent = strings.preparing;
    this.box.hidden = false;
  }

  show(done: number, total: number, what: string): void {
    const values = { value: done, max: total, 'aria-valuenow': done, 'aria-valuemax': total };
    for (const [name, value] of Object.entries(values)) this.#bar.setAttribute(name, String(value));
    this.#text.textContent = strings.progress(done, total, what);
  }

  /** @returns whether the keyboard was on its button, which is gone now */
  stop(): boolean {
    const hadFocus = this.#cancel === document.activeElement;
    this.box.hidden = true;
    return hadFocus;
  }
}
