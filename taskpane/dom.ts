type Child = Node | string;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Makes an element. An attribute that is `true` is set empty; `false` and `undefined` leave it out.
 *
 * @example element('p', { class: 'note' }, 'Hello')
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes?: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K];
export function element(tag: string, attributes?: Attributes, ...children: readonly Child[]): HTMLElement;
export function element(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/** Text for screen readers alone. */
export const unseen = (text: string): HTMLElement => element('span', { class: 'unseen' }, text);

/** A Fluent button that runs `onClick`. */
export function button(
  label: string | readonly Child[],
  attributes: Attributes,
  onClick: () => void,
): HTMLElement {
  const children = typeof label === 'string' ? [label] : label;
  // Fluent tells the browser alone that it is a button; written out, every tool sees it.
  const made = element('fluent-button', { role: 'button', ...attributes }, ...children);
  made.addEventListener('click', onClick);
  return made;
}

/**
 * Lets a Fluent button do nothing for a while, and stay where the keyboard is. Written out for the same reason.
 * @param idle whether there is nothing for it to do
 */
export function keepIdle(button: HTMLElement, idle: boolean): void {
  button.toggleAttribute('disabled-focusable', idle);
  if (idle) button.setAttribute('aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
}

const SVG = 'http://www.w3.org/2000/svg';

/** Outlines of the few pictures that the pane uses, on a 16 × 16 grid. */
const PATHS = {
  chevron: 'M6 3.5 10.5 8 6 12.5',
  dismiss: 'M4 4l8 8M12 4l-8 8',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zM10.3 10.3 13.5 13.5',
  dash: 'M3.5 8h9',
  check: 'M3 8.5 6.5 12 13 4.5',
  back: 'M13 8H3.5M7.5 3.5 3 8l4.5 4.5',
  pin: 'M9.8 2 14 6.2l-2.9 1-2.6 2.6-.7 3L3.2 8.2l3-.7L8.8 4.9zM5.4 10.6 2 14',
  error: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 0 0 0-12.5zM8 4.75v4M8 10.75v.5',
} as const;

/** A small line picture, hidden from screen readers: the text beside it says the same. */
export function icon(name: keyof typeof PATHS, attributes: Attributes = {}): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const settings = { class: `icon icon-${name}`, viewBox: '0 0 16 16', 'aria-hidden': 'true', ...attributes };
  for (const [key, value] of Object.entries(settings)) svg.setAttribute(key, String(value));
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
