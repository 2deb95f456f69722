import { interpolateLab, piecewise } from 'd3-interpolate';

/** From nothing to everything; each ever darker, or in the dark ever lighter, so that it reads without its hue. */
const STOPS = {
  light: ['#ffffff', '#b9d7f4', '#4a8fd6', '#0f4f96', '#051f42'],
  dark: ['#1c1c1c', '#1f4168', '#3d7fc4', '#9ccbf5', '#f5fbff'],
} as const;

const STEPS = 256;

/** Red, green and blue of 256 steps, for values from 0 to 1. */
export type Scale = readonly (readonly [red: number, green: number, blue: number])[];

const scaleOf = (stops: readonly string[]): Scale => {
  const between = piecewise(interpolateLab, [...stops]);
  return Array.from({ length: STEPS }, (_, i) => {
    const [red = 0, green = 0, blue = 0] = (between(i / (STEPS - 1)).match(/\d+/g) ?? []).map(Number);
    return [red, green, blue] as const;
  });
};

export const SCALES: Readonly<Record<keyof typeof STOPS, Scale>> = {
  light: scaleOf(STOPS.light),
  dark: scaleOf(STOPS.dark),
};

/** How far along the scale a weight stands. Its square root, for most weights are small and would all look alike. */
export const along = (weight: number): number => Math.sqrt(Math.max(0, Math.min(1, weight)));

/** The step of the scale for a weight from 0 to 1. */
export const step = (weight: number): number => Math.round(along(weight) * (STEPS - 1));

/** `rgb(…)` for a weight from 0 to 1. */
export const colourOf = (weight: number, scale: Scale): string => `rgb(${scale[step(weight)]?.join(' ')})`;

/** Whether black text reads better than white on a step of the scale. */
export function isLight([red, green, blue]: Scale[number]): boolean {
  return luminance([red, green, blue]) > 0.18;
}

/** Relative luminance as WCAG 2 has it, from 0 to 1. */
export function luminance(colour: Scale[number]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
