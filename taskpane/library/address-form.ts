import type { ModelRef } from '../../src/models/api';
import { button, element } from '../dom';
import { sentenceOf } from '../sentence';
import type { Collection } from './collection';
import type { List } from './list';
import { lookUp } from './look-up';
import { strings } from './strings';

interface Words {
  readonly label: string;
  readonly hint: string;
  /** What is said where nothing was typed. */
  readonly empty: string;
}

/**
 * A field for where a model is, and what is found there.
 * @param parse reads what was typed; throws an error whose message is for people
 */
export function addressForm(
  collection: Collection,
  list: List,
  id: string,
  words: Words,
  parse: (text: string) => ModelRef,
): HTMLElement {
  const field = element('input', {
    id,
    type: 'text',
    spellcheck: 'false',
    autocapitalize: 'off',
    autocomplete: 'off',
    dir: 'ltr',
    placeholder: words.hint,
    'aria-describedby': `${id}-said`,
  });
  const looked = lookUp(collection, list, `${id}-said`);
  const form = element(
    'form',
    { class: 'library-way', novalidate: true },
    element('label', { for: id }, words.label),
    element(
      'div',
      { class: 'library-field' },
      field,
      button(strings.more.look, { size: 'small' }, () => ask()),
    ),
    looked.element,
  );

  function ask(): void {
    field.removeAttribute('aria-invalid');
    try {
      if (field.value.trim() === '') throw new Error(words.empty);
      void looked.ask(parse(field.value), field);
    } catch (error) {
      field.setAttribute('aria-invalid', 'true');
      looked.refuse(sentenceOf(error, words.empty));
      field.focus();
    }
  }
  field.addEventListener('input', () => {
    field.removeAttribute('aria-invalid');
    looked.clear();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    ask();
  });
  return form;
}
