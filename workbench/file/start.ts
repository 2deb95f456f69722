import { NAMESPACE } from '../../src/namespace';
import { element } from '../element';
import type { FunctionInfo } from '../invoke/metadata';
import type { Session } from '../session';
import type { Beginning } from './begin';
import { Desk } from './desk';
import { makeMenu } from './menu/menu';
import { Notices } from './menu/notice';
import { strings } from './strings';

/** Sets up the menu *File*, its keys, and files that are dropped on the page. */
export function startDesk(session: Session, beginning: Beginning, functions: readonly FunctionInfo[]): Desk {
  const desk = new Desk(
    session,
    beginning,
    {
      name: element('workbook-name'),
      state: element('workbook-state'),
      notices: new Notices(element('notice')),
    },
    functions.map(({ name }) => `${NAMESPACE}.${name}`),
  );
  const { menu } = strings;
  const button = element<HTMLButtonElement>('file-button');
  button.textContent = menu.button;
  makeMenu(button, element('file-menu'), [
    { label: menu.new, action: () => void desk.begin('empty') },
    { label: menu.open, keys: 'Ctrl+O', action: () => desk.chooseFile() },
    { label: menu.save, action: () => void desk.download() },
    { label: menu.values, action: () => void desk.download('values') },
    { label: menu.rename, apart: true, action: () => void desk.rename() },
    { label: menu.list, action: () => void desk.list() },
    { label: menu.tour, apart: true, action: () => void desk.begin('tour') },
  ]);
  listenForKeys(window, desk);
  listenForFiles(desk);
  return desk;
}

/** Ctrl+S and Ctrl+O, on a Mac with ⌘. @param where the page, or the frame of the pane, which hears its own keys */
export function listenForKeys(where: Window, desk: Desk): void {
  where.addEventListener(
    'keydown',
    (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const action = { s: () => void desk.saveNow(), o: () => desk.chooseFile() }[event.key.toLowerCase()];
      if (!action) return;
      // The browser's own would save the page, and the grid's would type a letter.
      event.preventDefault();
      event.stopPropagation();
      if (!document.querySelector('dialog[open]')) action();
    },
    { capture: true },
  );
}

function listenForFiles(desk: Desk): void {
  const sign = element('drop-sign');
  sign.textContent = strings.drop;
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    // Otherwise the browser would leave the page, and show the file.
    event.preventDefault();
    sign.hidden = false;
  };
  window.addEventListener('dragenter', over);
  window.addEventListener('dragover', over);
  window.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!relatedTarget) sign.hidden = true;
  });
  window.addEventListener('drop', (event) => {
    sign.hidden = true;
    if (!hasFiles(event)) return;
    event.preventDefault();
    void desk.openDropped([...(event.dataTransfer?.files ?? [])]);
  });
}
