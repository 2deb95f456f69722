import { areModelsKept, freeBytes, keepModels } from '../../src/models/device';
import { announce } from '../announcer';
import { button, element } from '../dom';
import { sentenceOf } from '../sentence';
import type { Collection, Note } from './collection';
import { noteLine } from './note-line';
import { strings } from './strings';

/** How much the models take here, and whether the browser may delete them. */
export function storageLine(collection: Collection): HTMLElement {
  const words = strings.storage;
  const { storage } = collection.overview ?? {};
  const used = element('p', {});
  const kept = element('p', {});
  const said = element('div', {});
  const say = (note: Note) => {
    said.replaceChildren(noteLine(note));
    announce(note.text);
  };
  const keep = button(words.keep, { size: 'small', 'data-action': 'keep', hidden: true }, async () => {
    try {
      const agreed = await keepModels();
      say(agreed ? { kind: 'check', text: words.agreed } : { kind: 'wait', text: words.refused });
    } catch (error) {
      say({ kind: 'error', text: sentenceOf(error, strings.wentWrong) });
    }
    await show();
  });

  const show = async () => {
    used.textContent = words.used(collection.used, await freeBytes());
    const persisted = await areModelsKept();
    kept.textContent =
      storage?.kind === 'memory'
        ? (storage.reason ?? '')
        : persisted === undefined
          ? words.unknown
          : persisted
            ? words.kept
            : words.notKept;
    keep.hidden = persisted !== false || storage?.kind === 'memory';
  };
  collection.addEventListener('change', () => void show());
  void show();
  return element(
    'section',
    { class: 'library-storage', 'aria-labelledby': 'library-storage' },
    element('h3', { id: 'library-storage' }, words.heading),
    used,
    kept,
    keep,
    said,
  );
}
