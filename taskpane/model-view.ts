import { backendCard } from './backend-card';
import { element } from './dom';
import { engineFigures } from './engine-figures';
import { modelFacts } from './model-card';
import type { Session } from './session';
import { verifySection } from './verify/section';

/** Everything about the open model: its measures, what runs it, and what it has done so far, whether it is what it seems. */
export const modelView = (session: Session): HTMLElement =>
  element(
    'div',
    {},
    element('section', { class: 'about' }, modelFacts(session), backendCard(session)),
    engineFigures(session),
    verifySection(session),
  );
