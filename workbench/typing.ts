import { pageOf } from '../src/catalogue/pages';
import { NAMESPACE } from '../src/namespace';
import type { FunctionInfo } from './invoke/metadata';
import { say } from './say';
import type { Session } from './session';

/** While somebody types one of our functions, the line under the grid has a link to its page. */
export function watchTyping(
  { univerAPI }: Session,
  functions: readonly FunctionInfo[],
  line: HTMLElement,
): void {
  const ids = new Set(functions.map(({ id }) => id));
  univerAPI.addEvent(univerAPI.Event.SheetEditChanging, ({ value }) => {
    const id = functionTyped(value.toPlainText(), ids);
    if (id) offer(line, id);
    else say(line, '', 'progress');
  });
  univerAPI.addEvent(univerAPI.Event.SheetEditEnded, () => say(line, '', 'progress'));
}

/** The function of ours that was begun last in the text of a formula. */
export function functionTyped(text: string, ids: ReadonlySet<string>): string | undefined {
  if (!text.startsWith('=')) return undefined;
  const names = text.toUpperCase().matchAll(/([A-Z][A-Z0-9_]*)\.([A-Z][A-Z0-9_]*)\(/g);
  return [...names]
    .map(([, namespace, id = '']) => (namespace === NAMESPACE.toUpperCase() ? id : ''))
    .filter((id) => ids.has(id))
    .at(-1);
}

function offer(line: HTMLElement, id: string): void {
  const words = `All about ${NAMESPACE}.${id}`;
  if (line.textContent === words) return;
  const link = document.createElement('a');
  link.href = pageOf(id);
  link.target = '_blank';
  link.textContent = words;
  // The editor keeps the focus, and with it what has been typed.
  link.addEventListener('mousedown', (event) => event.preventDefault());
  say(line, '', 'progress');
  line.append(link);
}
