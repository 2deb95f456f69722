import { element } from '../dom';
import { along, colourOf, type Scale } from './colours';
import { words } from './strings';

const TICKS = [0, 0.05, 0.25, 0.5, 1];
const STOPS = 12;

/** What the colours of a map mean: a bar from nothing to everything, with weights at their places. */
export function legend(scale: Scale): HTMLElement {
  const stops = Array.from({ length: STOPS + 1 }, (_, i) => colourOf((i / STOPS) ** 2, scale));
  return element(
    'div',
    { class: 'legend' },
    element('span', {}, words.attention.legend),
    element(
      'div',
      { class: 'legend-scale', 'aria-hidden': 'true' },
      element('div', { class: 'legend-bar', style: `background:linear-gradient(to right,${stops})` }),
      ...TICKS.map((tick) =>
        element('span', { class: 'legend-tick', style: `left:${100 * along(tick)}%` }, String(tick)),
      ),
    ),
  );
}
