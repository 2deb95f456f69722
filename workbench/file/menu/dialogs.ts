import { button, make } from './elements';

let number = 0;

/** A modal dialog with a title; it is gone when it is closed. @returns how to close it */
export function openDialog(title: string, content: readonly Node[], onClose?: () => void): () => void {
  const id = `dialog-title-${++number}`;
  const dialog = make('dialog', { className: 'dialog' }, make('h2', { id, textContent: title }), ...content);
  dialog.setAttribute('aria-labelledby', id);
  dialog.addEventListener('close', () => {
    dialog.remove();
    onClose?.();
  });
  // Keys in it are not for the spreadsheet.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
  return () => dialog.close();
}

/** Says something that must be read before going on. */
export function tell(title: string, content: readonly Node[], close: string): Promise<void> {
  return new Promise((resolve) => {
    const end = openDialog(title, [...content, foot(button(close, () => end()))], resolve);
  });
}

/** Lets somebody choose one of several answers; Escape gives the last. */
export function ask<T extends string>(
  title: string,
  text: string,
  answers: Readonly<Record<T, string>>,
): Promise<T> {
  return new Promise((resolve) => {
    const keys = Object.keys(answers) as T[];
    let chosen = keys.at(-1) as T;
    const buttons = keys.map((key) =>
      button(answers[key], () => {
        chosen = key;
        end();
      }),
    );
    const end = openDialog(title, [make('p', { textContent: text }), foot(...buttons)], () =>
      resolve(chosen),
    );
  });
}

/** Asks for a name. @returns nothing when it was not given */
export function askName(
  words: { title: string; label: string; save: string; cancel: string; empty: string },
  name: string,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    let given: string | undefined;
    const input = make('input', { type: 'text', value: name, maxLength: 100, required: true });
    input.addEventListener('input', () => input.setCustomValidity(input.value.trim() ? '' : words.empty));
    const form = make(
      'form',
      { method: 'dialog' },
      make('label', {}, words.label, input),
      foot(
        make('button', { type: 'submit', textContent: words.save }),
        button(words.cancel, () => end()),
      ),
    );
    form.addEventListener('submit', () => {
      given = input.value.trim();
    });
    const end = openDialog(words.title, [form], () => resolve(given));
    input.select();
  });
}

/** Nobody is shown a dialog that is gone at once. */
const SHOWN_AFTER = 300;

/** Does something that can take a while; then a dialog says so, and offers to cancel it. */
export async function withProgress<T>(
  words: { title: string; cancel: string },
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const cancel = new AbortController();
  let close: (() => void) | undefined;
  const timer = setTimeout(() => {
    const bar = make('progress');
    bar.setAttribute('aria-label', words.title);
    const stop = () => cancel.abort(new DOMException(words.title, 'AbortError'));
    close = openDialog(words.title, [bar, foot(button(words.cancel, stop))], stop);
  }, SHOWN_AFTER);
  try {
    return await run(cancel.signal);
  } finally {
    clearTimeout(timer);
    close?.();
  }
}

const foot = (...buttons: readonly Node[]) => make('div', { className: 'dialog-foot' }, ...buttons);
