import { element } from '../dom';

let made = 0;

/** A chooser with its label above it. @param options what may be chosen: value and words */
export function chooser(
  label: string,
  options: readonly (readonly [value: string, words: string])[],
  value: string,
  chosen: (value: string) => void,
): HTMLElement {
  const id = `picture-control-${++made}`;
  const list = element(
    'select',
    { id },
    ...options.map(([value, words]) => element('option', { value }, words)),
  );
  list.value = value;
  list.addEventListener('change', () => chosen(list.value));
  return element('div', { class: 'field' }, element('label', { for: id }, label), list);
}

/** A chooser of a number from 0 to `length` − 1, after anything else that may be chosen. */
export const numbers = (length: number): [string, string][] =>
  Array.from({ length }, (_, i) => [String(i), String(i)]);

/** A slider with its label and its value above it. */
export function slider(
  label: string,
  range: Readonly<{ min: number; max: number; step: number; value: number }>,
  show: (value: number) => string,
  moved: (value: number) => void,
): HTMLElement {
  const id = `picture-control-${++made}`;
  const input = element('input', { id, type: 'range', ...range });
  // The slider itself says its value to screen readers.
  const value = element('span', { class: 'field-value', 'aria-hidden': 'true' }, show(range.value));
  input.addEventListener('input', () => {
    value.textContent = show(input.valueAsNumber);
    moved(input.valueAsNumber);
  });
  return element(
    'div',
    { class: 'field field-wide' },
    element('div', { class: 'field-head' }, element('label', { for: id }, label), value),
    input,
  );
}

/** A box to tick. */
export function tick(label: string, checked: boolean, changed: (checked: boolean) => void): HTMLElement {
  const box = element('input', { type: 'checkbox', checked });
  box.addEventListener('change', () => changed(box.checked));
  return element('label', { class: 'tick' }, box, label);
}
