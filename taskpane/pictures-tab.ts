import { button, element, icon } from './dom';
import type { Session } from './session';
import { strings } from './strings';

/**
 * The pictures, whose code and style sheet are fetched when they are first looked at: the pane itself does not wait
 * for them. Where they cannot be fetched it says so, and tries again when told.
 */
export function picturesTab(session: Session): HTMLElement {
  const box = element('div', {});
  const load = async () => {
    box.replaceChildren();
    try {
      const [{ picturesView }] = await Promise.all([
        import(/* webpackChunkName: "pictures" */ './pictures/view'),
        styleSheet('pictures.css'),
      ]);
      box.append(picturesView(session));
    } catch {
      const again = button(strings.loading.tryAgain, { size: 'small' }, () => void load());
      box.append(
        element('p', { class: 'about' }, icon('error'), ' ', strings.pictures.notLoaded),
        element('p', { class: 'about' }, again),
      );
    }
  };
  void load();
  return box;
}

function styleSheet(href: string): Promise<void> {
  const link = element('link', { rel: 'stylesheet', href });
  const loaded = new Promise<void>((done, failed) => {
    link.addEventListener('load', () => done());
    link.addEventListener('error', () => {
      link.remove();
      failed(new Error(href));
    });
  });
  document.head.append(link);
  return loaded;
}
