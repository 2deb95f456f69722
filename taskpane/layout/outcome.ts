import { announce } from '../announcer';
import { button, element, icon } from '../dom';
import { strings } from './strings';

/** A screen reader hears of progress this often, in percent. */
const ANNOUNCED_STEP = 25;

/** An answer to a question: what its button says, its name for tests, what it does. */
export type Answer = readonly [label: string, id: string, choose: () => void];

/** How the insertion goes: a bar with a way to stop it, a question, or what came of it. */
export class Outcome {
  readonly box = element('div', { class: 'layout-outcome' });
  readonly #bar = element('fluent-progress-bar', {
    role: 'progressbar',
    thickness: 'large',
    'aria-label': strings.progress,
    'aria-valuemin': 0,
    'aria-valuemax': 100,
  });
  readonly #text = element('p', { class: 'progress-text' });
  #announced = 0;

  /** Sheets are being inserted. */
  busy(cancel: () => void): void {
    this.#announced = 0;
    for (const name of ['value', 'aria-valuenow']) this.#bar.removeAttribute(name);
    this.#text.textContent = strings.reading;
    const stop = button(strings.cancel, { size: 'small', 'data-action': 'cancel-layout' }, cancel);
    this.box.replaceChildren(
      element(
        'div',
        { class: 'progress' },
        this.#bar,
        element('div', { class: 'progress-line' }, this.#text, stop),
      ),
    );
    announce(strings.progress);
  }

  /** @param fraction from 0 to 1 @param sheet the one that is being written */
  progress(fraction: number, sheet: string): void {
    const percent = Math.round(100 * fraction);
    for (const name of ['value', 'aria-valuenow']) this.#bar.setAttribute(name, String(percent));
    this.#text.textContent = strings.inserting(sheet, percent);
    const step = Math.floor(percent / ANNOUNCED_STEP) * ANNOUNCED_STEP;
    if (step > this.#announced && step < 100) announce(strings.announcePercent(step));
    this.#announced = Math.max(step, this.#announced);
  }

  /** It is over, and nothing is wrong. */
  done(sentence: string): void {
    this.#say('check', sentence);
  }

  problem(sentence: string): void {
    this.#say('error', sentence);
  }

  /** A question; the last answer, which changes nothing, has the focus. */
  ask(sentence: string, answers: readonly Answer[]): void {
    const buttons = answers.map(([label, id, choose]) =>
      button(label, { size: 'small', 'data-action': id }, choose),
    );
    this.#say('error', sentence);
    this.box.append(
      element('div', { class: 'cells-choice', role: 'group', 'aria-label': sentence }, ...buttons),
    );
    buttons.at(-1)?.focus();
  }

  #say(kind: 'check' | 'error', sentence: string): void {
    this.box.replaceChildren(
      element('p', { class: `feedback feedback-${kind}` }, icon(kind), element('span', {}, sentence)),
    );
    announce(sentence);
  }
}
