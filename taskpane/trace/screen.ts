import type { Explanation } from '../../src/trace/explanation';
import { qualified } from '../../src/trace/formula';
import { announce } from '../announcer';
import { element } from '../dom';
import { explained, unexplained } from './explained';
import type { Outcome } from './explainer';
import type { Ways } from './links';
import { strings } from './strings';
import type { Target } from './target';

/** A listener hears of a number only when the selection rests. */
const REST_MS = 600;

/** The part of the view that shows an explanation, or why there is none. */
export class Screen {
  readonly box = element('div', { class: 'trace-body' });
  #shown = '';
  #resting: ReturnType<typeof setTimeout> | undefined;

  /** @param ways how links are gone along @param below what stands below an explanation */
  constructor(
    private readonly ways: Ways,
    private readonly below: (target: Target, explanation: Explanation) => readonly HTMLElement[],
  ) {}

  show(target: Target, outcome: Outcome): void {
    if (outcome.kind === 'loading') {
      this.#wait(outcome.sentence);
      return;
    }
    this.box.ariaBusy = null;
    const key = JSON.stringify([target.address, target.formula, target.row, target.column, outcome]);
    // The same once more, after a calculation: whoever reads or has something open keeps their place.
    if (key === this.#shown) {
      this.box.querySelector('.trace-loading')?.remove();
      return;
    }
    this.#shown = key;
    const focused = this.box.contains(document.activeElement);
    this.box.replaceChildren(...this.#contents(target, outcome));
    // What had the focus is gone; the keyboard goes on from the new title.
    if (focused) this.box.querySelector<HTMLElement>('.trace-stage, .trace-sentence')?.focus();
    this.#announce(outcome);
  }

  /** Has the next outcome drawn, also if it is the one that is shown. */
  forget(): void {
    this.#shown = '';
  }

  #contents(target: Target, outcome: Exclude<Outcome, { kind: 'loading' }>): HTMLElement[] {
    if (outcome.kind === 'sentence')
      return [element('p', { class: 'trace-sentence', tabindex: -1 }, outcome.sentence)];
    if (outcome.kind === 'none') {
      return unexplained(outcome, this.ways, (call) => `=${qualified(call.slice(1), target.sheet)}`);
    }
    return [...explained(outcome, this.ways), ...this.below(target, outcome)];
  }

  #wait(sentence: string): void {
    this.box.ariaBusy = 'true';
    if (this.box.querySelector('.trace-loading')) return;
    this.box.prepend(
      element(
        'div',
        { class: 'trace-loading' },
        element('fluent-progress-bar', { role: 'progressbar', 'aria-label': sentence }),
        element('p', { class: 'note' }, sentence),
      ),
    );
  }

  #announce(outcome: Exclude<Outcome, { kind: 'loading' }>): void {
    clearTimeout(this.#resting);
    const sentence =
      outcome.kind === 'explanation'
        ? strings.announce(outcome.title.stage, outcome.value.shown, outcome.title.line)
        : outcome.sentence;
    this.#resting = setTimeout(() => announce(sentence), REST_MS);
  }
}
