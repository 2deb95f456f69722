/** Makes an element: its properties, and what is in it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A button that does something. @param label what screen readers say, where the text alone says too little */
export function button(text: string, action: () => void, label?: string): HTMLButtonElement {
  const made = make('button', { type: 'button', textContent: text });
  if (label !== undefined) made.setAttribute('aria-label', label);
  made.addEventListener('click', action);
  return made;
}
