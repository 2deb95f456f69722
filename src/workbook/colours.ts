import type { ColourScale } from './sheet';

/** The lowest and the highest number of a range. */
export interface Extent {
  lowest: number;
  highest: number;
}

/** The colour, as `#RRGGBB`, that a scale gives to a value. A value at an end or beyond it has the end's colour. */
export function colourOf(
  { low, middle, high, even }: ColourScale,
  { lowest, highest }: Extent,
  value: number,
): string {
  const farthest = Math.max(-lowest, highest);
  const from = low.at ?? (even ? -farthest : lowest);
  const to = high.at ?? (even ? farthest : highest);
  if (middle === undefined) return mix(low.colour, high.colour, (value - from) / (to - from));
  return value < 0 ? mix(middle, low.colour, value / from) : mix(middle, high.colour, value / to);
}

function mix(from: string, to: string, share: number): string {
  // An empty range of values has no colours in between.
  const part = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16)) as [
      number,
      number,
    ];
    return Math.round(a + (b - a) * part)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`.toUpperCase();
}
