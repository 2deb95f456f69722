import { parseHubId } from '../../src/models/hub';
import { checkUrl } from '../../src/models/url';
import { button, element, icon } from '../dom';
import { sentenceOf } from '../sentence';
import type { Session } from '../session';
import { addressForm } from './address-form';
import { Collection } from './collection';
import { folderForm } from './folder-form';
import { listOf } from './list';
import { noteLine } from './note-line';
import { serversForm } from './servers';
import { storageLine } from './storage';
import { strings } from './strings';

/** The models of this device, and every way to get another. */
export function libraryView(session: Session): HTMLElement {
  const collection = new Collection(session);
  const heading = element('h2', { id: 'library-heading', tabindex: -1 }, strings.heading);
  const body = element('div', {});
  const load = async () => {
    body.replaceChildren(element('p', { class: 'note library-wait' }, strings.loading));
    try {
      await collection.open();
      body.replaceChildren(...parts(collection, heading));
    } catch (error) {
      const again = button(strings.again, { size: 'small' }, () => void load());
      body.replaceChildren(noteLine({ kind: 'error', text: sentenceOf(error, strings.failed) }), again);
    }
  };
  void load();
  return element('section', { class: 'library', 'aria-labelledby': 'library-heading' }, heading, body);
}

function parts(collection: Collection, heading: HTMLElement): HTMLElement[] {
  const { hub, url } = strings.more;
  const list = listOf(collection, heading);
  const readUrl = (text: string) => {
    const ref = { kind: 'url', url: text.trim() } as const;
    checkUrl(ref);
    return ref;
  };
  const more = element(
    'details',
    { class: 'library-section', 'data-section': 'more' },
    element('summary', { class: 'library-fold' }, icon('chevron'), element('h3', {}, strings.more.heading)),
    addressForm(collection, list, 'library-hub', hub, parseHubId),
    folderForm(collection, list),
    addressForm(collection, list, 'library-url', url, readUrl),
  );
  return [list.element, more, serversForm(collection), storageLine(collection)];
}
