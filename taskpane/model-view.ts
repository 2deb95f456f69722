import { backendCard } from './backend-card';
import { element } from './dom';
import { engineFigures } from './engine-figures';
import { libraryView } from './library/view';
import { modelFacts } from './model-card';
import type { Session } from './session';
import { verifySection } from './verify/section';

/** Everything about the open model: its measures, what runs it, whether it is what it seems, and which others there are. */
export const modelView = (session: Session): HTMLElement =>
  element(
    'div',
    {},
    element('section', { class: 'about' }, modelFacts(session), backendCard(session)),
    libraryView(session),
    verifySection(session),
    engineFigures(session),
  );
