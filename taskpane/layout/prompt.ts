import { element } from '../dom';
import { tick } from '../pictures/controls';
import { EXAMPLE } from '../pictures/example';
import { followSelection } from '../pictures/selection';
import { strings } from './strings';

/** As many characters as a cell of Excel holds. */
const MOST_CHARACTERS = 32_767;

/** The prompt that the sheets begin with: typed here, or taken from the selected cell. */
export class PromptField {
  readonly box: HTMLElement;
  readonly #input: HTMLTextAreaElement;
  readonly #rest: () => void;

  /** @param changed hears of every other prompt */
  constructor(changed: () => void) {
    this.#input = element(
      'textarea',
      { id: 'layout-prompt', rows: 2, dir: 'auto', spellcheck: 'false', maxlength: MOST_CHARACTERS },
      EXAMPLE,
    );
    let following = true;
    let selected: string | undefined;
    const take = () => {
      if (!following || selected === undefined || selected === this.#input.value) return;
      this.#input.value = selected;
      changed();
    };
    const follow = tick(strings.follow, true, (checked) => {
      following = checked;
      take();
    });
    follow.hidden = true;
    const box = follow.querySelector('input') as HTMLInputElement;
    this.#rest = () => {
      following = false;
      box.checked = false;
    };
    this.#input.addEventListener('input', () => {
      // What somebody types is not to be replaced by the next click into the sheet.
      this.#rest();
      changed();
    });
    void followSelection(({ text }) => {
      selected = text;
      take();
    }).then((can) => {
      follow.hidden = !can;
    });
    this.box = element(
      'div',
      { class: 'layout-prompt' },
      element('label', { for: 'layout-prompt' }, strings.prompt),
      this.#input,
      follow,
    );
  }

  /** Goes on with the prompt that it has: on sheets full of texts every click would be another. */
  rest(): void {
    this.#rest();
  }

  get text(): string {
    return this.#input.value;
  }
}
