import { failures } from '../src/sheet/failures';
import { announcer } from './announcer';
import { backendCard } from './backend-card';
import { element } from './dom';
import { engineFigures } from './engine-figures';
import { failureCard } from './failure';
import { formulaList } from './formula-list';
import { modelCard } from './model-card';
import { progress } from './progress';
import type { Session } from './session';
import { strings } from './strings';

/** Everything that the pane shows, top to bottom. Each part follows the session by itself. */
export function buildPane(session: Session): HTMLElement {
  return element(
    'main',
    { class: 'pane' },
    element('h1', { class: 'unseen' }, strings.title),
    failureCard(failures),
    element(
      'section',
      { class: 'about', 'aria-labelledby': 'model-heading' },
      element('h2', { class: 'unseen', id: 'model-heading' }, strings.model.heading),
      modelCard(session),
      progress(session),
      backendCard(session),
    ),
    formulaList(document.baseURI),
    engineFigures(session),
    announcer(),
  );
}
