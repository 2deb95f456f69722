import { announce } from '../announcer';
import { button, element, icon } from '../dom';
import { sentenceOf } from '../sentence';
import type { Collection, Note } from './collection';
import { noteLine } from './note-line';
import { savedServers, saveServers, standardServers } from './saved-servers';
import { strings } from './strings';

/** Which servers models are downloaded from. */
export function serversForm({ overview, session }: Collection): HTMLElement {
  const words = strings.servers;
  const { library } = session.client;
  const field = element('textarea', {
    id: 'library-servers',
    rows: 3,
    spellcheck: 'false',
    dir: 'ltr',
    'aria-describedby': 'library-servers-said',
  });
  // The library may not have been told yet of those that were chosen before.
  field.value = (savedServers() ?? overview?.sources ?? standardServers()).join('\n');
  const said = element('div', { id: 'library-servers-said' });
  const say = (note: Note) => {
    field.toggleAttribute('aria-invalid', false);
    if (note.kind === 'error') field.setAttribute('aria-invalid', 'true');
    said.replaceChildren(noteLine(note));
    announce(note.text);
  };

  const set = async (servers: readonly string[], keep: () => boolean, done: string) => {
    try {
      await library.setSources(servers);
      field.value = servers.join('\n');
      say(keep() ? { kind: 'check', text: done } : { kind: 'wait', text: words.unsaved });
    } catch (error) {
      say({ kind: 'error', text: sentenceOf(error, strings.wentWrong) });
      field.focus();
    }
  };
  const save = () => {
    const servers = field.value.split(/[\s,]+/).filter(Boolean);
    return set(servers, () => saveServers(servers), words.saved);
  };
  const reset = () => set(standardServers(), () => saveServers(undefined), words.back);

  return element(
    'details',
    { class: 'library-section', 'data-section': 'servers' },
    element('summary', { class: 'library-fold' }, icon('chevron'), element('h3', {}, words.heading)),
    element(
      'form',
      { class: 'library-way' },
      element('label', { for: 'library-servers' }, words.label),
      field,
      said,
      element(
        'div',
        { class: 'library-actions' },
        button(words.save, { size: 'small', 'data-action': 'save-servers' }, () => void save()),
        button(words.standard, { size: 'small', appearance: 'subtle' }, () => void reset()),
      ),
    ),
  );
}
