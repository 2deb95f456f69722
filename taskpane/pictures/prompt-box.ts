import { element } from '../dom';
import { tick } from './controls';
import { EXAMPLE } from './example';
import type { Typed } from './formula';
import { followSelection } from './selection';
import { words } from './strings';

/** As many characters as a cell of Excel holds. */
const MOST_CHARACTERS = 32_767;

/** The prompt that the pictures show: typed here, or taken from the selected cell where the spreadsheet tells of it. */
export class PromptBox {
  readonly box: HTMLElement;
  #prompt: Typed = { text: EXAMPLE };

  /** @param changed hears of a new prompt, and whether it is being typed */
  constructor(changed: (typing: boolean) => void) {
    const input = element(
      'textarea',
      { id: 'picture-prompt', rows: 2, dir: 'auto', spellcheck: 'false', maxlength: MOST_CHARACTERS },
      EXAMPLE,
    );
    const from = element('p', { class: 'note', hidden: true });
    const show = (prompt: Typed, typing: boolean) => {
      this.#prompt = prompt;
      from.hidden = prompt.address === undefined;
      from.textContent = prompt.address ? words.prompt.from(prompt.address) : '';
      changed(typing);
    };
    input.addEventListener('input', () => show({ text: input.value }, true));

    let following = true;
    let latest: Typed | undefined;
    const take = () => {
      if (!following || !latest) return;
      const { text, address } = this.#prompt;
      if (text === latest.text && address === latest.address) return;
      input.value = latest.text;
      show(latest, false);
    };
    const follow = tick(words.prompt.follow, true, (checked) => {
      following = checked;
      take();
    });
    follow.hidden = true;
    void followSelection((prompt) => {
      latest = prompt;
      take();
    }).then((can) => {
      follow.hidden = !can;
    });
    this.box = element(
      'div',
      { class: 'picture-prompt' },
      element('label', { for: 'picture-prompt' }, words.prompt.label),
      input,
      element('div', { class: 'picture-source' }, follow, from),
    );
  }

  get prompt(): Typed {
    return this.#prompt;
  }
}
