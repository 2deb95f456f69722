import { backendCard } from './backend-card';
import { element } from './dom';
import { engineFigures } from './engine-figures';
import { libraryView } from './library/view';
import { modelFacts } from './model-card';
import type { Session } from './session';

/** Everything about the open model: its measures, what runs it, which others there are, and what it has done so far. */
export const modelView = (session: Session): HTMLElement =>
  element(
    'div',
    {},
    element('section', { class: 'about' }, modelFacts(session), backendCard(session)),
    libraryView(session),
    engineFigures(session),
  );
