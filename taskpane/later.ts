import { button, element, icon } from './dom';
import { strings } from './strings';

/**
 * The place of a part of the pane whose code is fetched when it is first shown: the pane itself does not wait for it.
 * Where it cannot be fetched the place says so, and tries again when told.
 * @param make fetches the code and makes the part, which then takes the place
 */
export function later(make: () => Promise<HTMLElement>): HTMLElement {
  const place = element('div');
  const load = async () => {
    place.replaceChildren();
    try {
      place.replaceWith(await make());
    } catch {
      place.replaceChildren(
        element('p', { class: 'about' }, icon('error'), ' ', strings.later.notLoaded),
        element(
          'p',
          { class: 'about' },
          button(strings.later.again, { size: 'small' }, () => void load()),
        ),
      );
    }
  };
  void load();
  return place;
}
