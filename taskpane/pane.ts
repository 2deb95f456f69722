import { failures } from '../src/sheet/failures';
import { announcer } from './announcer';
import { element } from './dom';
import { failureCard } from './failure';
import { formulaList } from './formula-list';
import { later } from './later';
import { cells, pictures, sheets, trace } from './later-views';
import { modelCard } from './model-card';
import { modelView } from './model-view';
import { progress } from './progress';
import type { Session } from './session';
import { strings } from './strings';
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
      { id: 'trace', title: strings.views.trace, make: () => later(() => trace(session)) },
      { id: 'pictures', title: strings.views.pictures, make: () => later(() => pictures(session)) },
      { id: 'cells', title: strings.views.cells, make: () => later(() => cells(session)) },
      { id: 'sheets', title: strings.views.sheets, make: () => later(() => sheets(session)) },
      { id: 'model', title: strings.views.model, make: () => modelView(session) },
    ]),
    announcer(),
  );
}
