import { legend as legendOf } from '@observablehq/plot';
import { element } from '../dom';
import { colourScale, type Scale } from './colours';
import { words } from './strings';

const TICKS = [0, 0.05, 0.25, 0.5, 1];

/** What the colours of a map mean: a bar from nothing to everything, with weights at their places. */
export function legend(scale: Scale): HTMLElement {
  const ramp = legendOf({
    color: colourScale(scale),
    className: 'legend',
    width: 260,
    height: 34,
    marginTop: 1,
    marginBottom: 21,
    marginLeft: 4,
    marginRight: 8,
    ticks: TICKS,
    tickFormat: String,
  });
  ramp.setAttribute('aria-hidden', 'true');
  return element('div', { class: 'legend' }, element('span', {}, words.attention.legend), ramp);
}
