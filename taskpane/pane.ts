import { failures } from '../src/sheet/failures';
import { announcer } from './announcer';
import { cellsView } from './cells/view';
import { element } from './dom';
import { failureCard } from './failure';
import { formulaList } from './formula-list';
import { modelCard } from './model-card';
import { modelView } from './model-view';
import { picturesTab } from './pictures-tab';
import { progress } from './progress';
import type { Session } from './session';
import { sheetsView } from './sheets/view';
import { strings } from './strings';
import { traceView } from './trace/view';
import { viewsOf } from './views';

/** Everything that the pane shows, top to bottom. Each part follows the session by itself. */
export function buildPane(session: Session): HTMLElement {
  return element(
    'main',
    { class: 'pane' },
    element('h1', { class: 'unseen' }, strings.title),
    failureCard(failures, session),
    element(
      'section',
      { class: 'head', 'aria-labelledby': 'model-heading' },
      element('h2', { class: 'unseen', id: 'model-heading' }, strings.model.heading),
      modelCard(session),
      progress(session),
    ),
    ...viewsOf(strings.views.label, [
      { id: 'formulas', title: strings.views.formulas, make: () => formulaList(document.baseURI) },
      { id: 'trace', title: strings.views.trace, make: () => traceView(session) },
      { id: 'pictures', title: strings.views.pictures, make: () => picturesTab(session) },
      { id: 'cells', title: strings.views.cells, make: () => cellsView(session) },
      { id: 'sheets', title: strings.views.sheets, make: () => sheetsView(session) },
      { id: 'model', title: strings.views.model, make: () => modelView(session) },
    ]),
    announcer(),
  );
}
