import type { Comparison } from '../outcome';

/** Three digits, as people read them. */
export const number = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

export const figure = ({ median }: { median: number }, unit: Comparison['unit']): string =>
  `${number(median)} ${unit}`;

export const ratio = (value: number): string => `${value.toFixed(2)} ×`;

/** Whether it holds: a word, not only a colour. */
export const verdict = ({ holds }: Comparison): string =>
  holds === undefined ? 'reported' : holds ? 'holds' : 'does not hold';

/** How many times the bound our figure is. */
export const overBound = ({ ours, bound }: Comparison): string =>
  bound ? ratio(ours.median / bound.value) : '';

/** The ratio of the fastest rounds: what is left when nothing else has run. */
export const atFastest = ({ ours, theirs }: Comparison): string =>
  theirs ? ratio(ours.least / theirs.least) : '';

/** What must hold, in words. */
export function demand({ atMost, unit, ratio: measured }: Comparison): string {
  if (atMost === undefined) return '';
  return measured ? `≤ ${atMost.toFixed(2)} ×` : `≤ ${number(atMost)} ${unit}`;
}
