import { make } from './elements';

/** One line of a menu. */
export interface Item {
  readonly label: string;
  readonly action: () => void;
  /** As people know it, such as `Ctrl+S`. */
  readonly keys?: string;
  /** Whether a line is drawn above it. */
  readonly apart?: boolean;
}

/** A button with a menu, by the keys and roles that are usual for one. */
export function makeMenu(button: HTMLButtonElement, list: HTMLElement, items: readonly Item[]): void {
  const lines = items.map(({ label, keys, action, apart }) => {
    const line = make(
      'div',
      { className: apart ? 'apart' : '', tabIndex: -1 },
      make('span', { textContent: label }),
    );
    line.setAttribute('role', 'menuitem');
    if (keys !== undefined) {
      const hint = make('kbd', { textContent: keys });
      hint.setAttribute('aria-hidden', 'true');
      line.append(hint);
      line.setAttribute('aria-keyshortcuts', keys.replace('Ctrl', 'Control'));
    }
    line.addEventListener('click', () => {
      close(true);
      action();
    });
    line.addEventListener('pointermove', () => line.focus());
    return line;
  });
  list.append(...lines);

  const open = (at: number) => {
    list.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    lines.at(at)?.focus();
  };
  const close = (back: boolean) => {
    if (list.hidden) return;
    list.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    if (back) button.focus();
  };

  button.addEventListener('click', () => (list.hidden ? open(0) : close(true)));
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    open(event.key === 'ArrowDown' ? 0 : -1);
  });
  list.addEventListener('keydown', (event) => {
    const at = lines.indexOf(document.activeElement as HTMLDivElement);
    const to = {
      ArrowDown: (at + 1) % lines.length,
      ArrowUp: (at - 1 + lines.length) % lines.length,
      Home: 0,
      End: lines.length - 1,
    }[event.key];
    if (event.key === 'Tab') return close(false);
    event.stopPropagation();
    if (event.key === 'Escape') close(true);
    else if (to !== undefined) lines[to]?.focus();
    else if (event.key === 'Enter' || event.key === ' ') lines[at]?.click();
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      const begins = (line: HTMLElement) =>
        line.textContent?.toLowerCase().startsWith(event.key.toLowerCase());
      [...lines.slice(at + 1), ...lines].find(begins)?.focus();
    } else return;
    event.preventDefault();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (!list.contains(target as Node) && !button.contains(target as Node)) close(false);
  });
  // A click into the pane's frame is not heard here, but takes the focus.
  window.addEventListener('blur', () => close(false));
}
