import { type Choice, type Limits, listOf, listText, numberOf } from '../../src/layout/choice';
import { element } from '../dom';
import { strings } from './strings';

type Name = keyof Choice;

/** The boxes in which people say what is laid out. */
export class Fields {
  readonly box: HTMLElement;
  readonly #inputs = {} as Record<Name, HTMLInputElement>;
  readonly #abouts = {} as Record<Name, HTMLElement>;
  #limits: Limits | undefined;

  /** @param changed hears of everything that is typed */
  constructor(changed: () => void) {
    const names = Object.keys(strings.fields) as Name[];
    this.box = element('div', { class: 'layout-fields' }, ...names.map((name) => this.#field(name, changed)));
  }

  /** Shows a choice, and what else there might be. */
  show(choice: Choice, limits: Limits): void {
    this.#limits = limits;
    this.#inputs.room.value = String(choice.room);
    this.#inputs.layers.value = listText(choice.layers);
    this.#inputs.heads.value = listText(choice.heads);
    this.#inputs.columns.value = String(choice.columns);
    const { fields, lists } = strings;
    this.#abouts.layers.textContent = `${fields.layers.about} ${lists(limits.layers.most)}`;
    this.#abouts.heads.textContent = limits.heads
      ? `${fields.heads.about} ${lists(limits.heads.most)}`
      : strings.noHeads;
    this.#inputs.heads.disabled = !limits.heads;
  }

  /** Puts another room into its box. */
  set room(tokens: number) {
    this.#inputs.room.value = String(tokens);
  }

  /** What the boxes say. @throws RangeError with a sentence that names the box, what is in it, and what is allowed */
  read(): Choice {
    const limits = this.#limits as Limits;
    const { room, layers, heads, columns } = strings.fields;
    const value = (name: Name) => this.#inputs[name].value;
    for (const name of Object.keys(this.#inputs) as Name[]) this.#mark(name, false);
    const reading = <T>(name: Name, read: () => T): T => {
      try {
        return read();
      } catch (error) {
        this.#mark(name, true);
        throw error;
      }
    };
    return {
      room: reading('room', () => numberOf(room.label, value('room'), limits.rooms)),
      layers: reading('layers', () => listOf(layers.label, value('layers'), limits.layers)),
      heads: reading('heads', () => (limits.heads ? listOf(heads.label, value('heads'), limits.heads) : [])),
      columns: reading('columns', () => numberOf(columns.label, value('columns'), limits.columns)),
    };
  }

  #mark(name: Name, wrong: boolean): void {
    const input = this.#inputs[name];
    if (wrong) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }

  #field(name: Name, changed: () => void): HTMLElement {
    const { label, about } = strings.fields[name];
    const numeric = name === 'room' || name === 'columns';
    const input = element('input', {
      id: `layout-${name}`,
      type: 'text',
      autocomplete: 'off',
      spellcheck: 'false',
      inputmode: numeric ? 'numeric' : undefined,
      'aria-describedby': `layout-about-${name}`,
    });
    input.addEventListener('input', changed);
    this.#inputs[name] = input;
    this.#abouts[name] = element('p', { class: 'layout-about', id: `layout-about-${name}` }, about);
    return element(
      'div',
      { class: 'layout-field' },
      element('label', { for: `layout-${name}` }, label),
      input,
      this.#abouts[name],
    );
  }
}
