import { button, element } from '../dom';
import { sentenceOf } from '../sentence';
import type { Collection } from './collection';
import { chosen, dropped } from './dropped';
import type { List } from './list';
import { lookUp } from './look-up';
import { strings } from './strings';

/** A folder on this computer, chosen or dropped. */
export function folderForm(collection: Collection, list: List): HTMLElement {
  const words = strings.more.folder;
  const looked = lookUp(collection, list, 'library-folder-said');
  const input = element('input', { type: 'file', webkitdirectory: true, multiple: true, hidden: true });
  const choose = button(
    words.choose,
    { size: 'small', 'data-action': 'choose-folder', 'aria-describedby': 'library-folder-said' },
    () => input.click(),
  );
  input.addEventListener('change', () => {
    const ref = chosen([...(input.files ?? [])]);
    input.value = ''; // so that the same folder can be chosen again
    if (ref) void looked.ask(ref, choose);
    else looked.refuse(words.none);
  });

  const area = element(
    'div',
    { class: 'library-way library-drop', role: 'group', 'aria-label': words.label },
    element('span', { class: 'library-label' }, words.label),
    element('div', { class: 'library-field' }, choose, element('span', { class: 'note' }, words.drop)),
    input,
    looked.element,
  );
  const over = (event: DragEvent, on: boolean) => {
    event.preventDefault();
    area.classList.toggle('library-over', on);
  };
  area.addEventListener('dragover', (event) => over(event, true));
  area.addEventListener('dragleave', (event) => over(event, false));
  area.addEventListener('drop', async (event) => {
    over(event, false);
    if (!event.dataTransfer) return;
    try {
      const ref = await dropped(event.dataTransfer, words.dropped);
      if (ref) await looked.ask(ref, choose);
      else looked.refuse(words.none);
    } catch (error) {
      looked.refuse(sentenceOf(error, words.none));
    }
  });
  return area;
}
