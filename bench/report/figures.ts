import type { Bound, Comparison } from '../outcome';

/** Three digits, as people read them. */
export const number = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

export const figure = ({ median }: { median: number }, unit: Comparison['unit']): string =>
  `${number(median)} ${unit}`;

export const ratio = (value: number): string => `${value.toFixed(2)} ×`;

/** Whether it holds: a word, not only a colour. */
export const verdict = ({ holds, failed }: Comparison): string =>
  failed !== undefined
    ? `failed: ${failed}`
    : holds === undefined
      ? 'reported'
      : holds
        ? 'holds'
        : 'does not hold';

/** The least that the machine allows, and how near to it our figure is. */
export const nearness = ({ ours, unit, bound }: Comparison): string =>
  bound ? `${figure({ median: bound.value }, unit)}: ${share(bound, ours.median)}` : '';

const share = ({ value }: Bound, ours: number): string => `${((100 * value) / ours).toFixed(0)} %`;

/** How many times the bound our figure is. */
export const overBound = ({ ours, bound }: Comparison): string =>
  bound ? ratio(ours.median / bound.value) : '';

/** The ratio of the fastest rounds: what is left when nothing else has run. */
export const atFastest = ({ ours, theirs }: Comparison): string =>
  theirs ? ratio(ours.least / theirs.least) : '';

/** What must hold, in words. */
export function demand({ atMost, unit, against }: Comparison): string {
  if (atMost === undefined) return '';
  return against === undefined ? `≤ ${number(atMost)} ${unit}` : `≤ ${atMost.toFixed(2)} ×`;
}

/** How many times what it may be a figure is; 1 is just what must hold. */
export const part = ({ ours, ratio, atMost }: Comparison): number =>
  (ratio?.median ?? ours.median) / (atMost as number);
