import { announce } from '../announcer';
import { button, element, icon } from '../dom';
import { progressBar, showPercent } from '../progress-bar';
import { words } from './strings';

/** Nobody needs to be told of what is over before they look. */
const BUSY_AFTER_MS = 300;

/** A line that says that the picture is being computed, or why there is none. */
export class StatusLine {
  readonly box: HTMLElement;
  readonly #bar = progressBar(words.computing);
  readonly #text = element('span', {});
  readonly #busy: HTMLElement;
  readonly #problem = element('p', { class: 'picture-problem', hidden: true });
  readonly #note = element('p', { class: 'note', hidden: true });
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(stop: () => void) {
    const stopButton = button(words.stop, { size: 'small' }, stop);
    this.#busy = element(
      'div',
      { class: 'picture-busy', hidden: true },
      this.#bar,
      element('div', { class: 'picture-busy-line' }, this.#text, stopButton),
    );
    this.box = element('div', {}, this.#busy, this.#problem, this.#note);
  }

  /** Something is being computed. */
  busy(): void {
    this.#clear();
    this.#text.textContent = words.computing;
    showPercent(this.#bar, undefined);
    this.#timer = setTimeout(() => {
      this.#problem.hidden = true;
      this.#busy.hidden = false;
      announce(words.computing);
    }, BUSY_AFTER_MS);
  }

  progress(fraction: number): void {
    this.#text.textContent = words.computingPart(fraction);
    showPercent(this.#bar, Math.round(100 * fraction));
  }

  /** The picture is there. */
  done(): void {
    this.#clear();
    this.#problem.hidden = true;
  }

  /** There is no picture, and why. */
  problem(sentence: string): void {
    this.#clear();
    this.#problem.replaceChildren(icon('error'), element('span', {}, sentence));
    this.#problem.hidden = false;
    announce(sentence);
  }

  /** There is no picture, and nothing is wrong. */
  note(sentence: string): void {
    this.#clear();
    this.#problem.hidden = true;
    this.#note.textContent = sentence;
    this.#note.hidden = false;
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#busy.hidden = true;
    this.#note.hidden = true;
  }
}
