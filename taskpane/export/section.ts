import { button, element } from '../dom';
import type { Session } from '../session';
import { strings } from '../strings';

/** The place of the export, whose code comes when this is on the page. */
export function exportSection(session: Session): HTMLElement {
  const words = strings.verify;
  const place = element('div');
  const load = async () => {
    place.replaceChildren();
    try {
      const { exportView } = await import(/* webpackChunkName: "export" */ './view');
      place.replaceChildren(exportView(session));
    } catch {
      place.replaceChildren(
        element('p', { class: 'note' }, words.notLoaded),
        button(words.again, { size: 'small' }, () => void load()),
      );
    }
  };
  void load();
  return place;
}
