import { button, element } from '../dom';
import type { Session } from '../session';
import { strings } from '../strings';

/** The place of the verification. What it needs is large, published values above all, and comes when this is on the page. */
export function verifySection(session: Session): HTMLElement {
  const words = strings.verify;
  const place = element('div');
  const load = async () => {
    place.replaceChildren();
    try {
      const { verifyView } = await import('./view');
      place.replaceChildren(verifyView(session));
    } catch {
      place.replaceChildren(
        element('p', { class: 'note' }, words.notLoaded),
        button(words.again, { size: 'small' }, () => void load()),
      );
    }
  };
  void load();
  return element(
    'section',
    { class: 'verify', 'aria-labelledby': 'verify-heading' },
    element('h2', { id: 'verify-heading' }, words.heading),
    element('p', { class: 'note' }, words.lead),
    place,
  );
}
