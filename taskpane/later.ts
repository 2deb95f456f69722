import { button, element, icon } from './dom';
import { strings } from './strings';

/**
 * The place of a part of the pane whose code is fetched when it is first shown: the pane itself does not wait for it.
 * Where it cannot be fetched the place says so, and tries again when told.
 * @param make fetches the code and makes the part, which then takes the place
 */
export function later(make: () => Promise<HTMLElement>): HTMLElement {
  const place = element('div', { tabindex: -1 });
  const load = async () => {
    if (place.contains(document.activeElement)) place.focus(); // the button is about to go
    place.replaceChildren();
    try {
      const made = await make();
      const stays = place.contains(document.activeElement);
      place.replaceWith(made);
      if (stays) focusOn(made);
    } catch {
      place.replaceChildren(
        element('p', { class: 'about' }, icon('error'), ' ', strings.later.notLoaded),
        element(
          'p',
          { class: 'about' },
          button(strings.loading.tryAgain, { size: 'small' }, () => void load()),
        ),
      );
    }
  };
  void load();
  return place;
}

/** Keeps the keyboard where it was when one thing takes the place of another. */
function focusOn(made: HTMLElement): void {
  made.tabIndex = -1;
  made.focus();
}
