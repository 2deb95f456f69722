import { type ScaleOptions, scale as scaleBy } from '@observablehq/plot';

/** From nothing to everything; each ever darker, or in the dark ever lighter, so that it reads without its hue. */
const STOPS = {
  light: ['#ffffff', '#b9d7f4', '#4a8fd6', '#0f4f96', '#051f42'],
  dark: ['#1c1c1c', '#1f4168', '#3d7fc4', '#9ccbf5', '#f5fbff'],
} as const;

const STEPS = 256;

/** Red, green and blue of 256 steps, for values from 0 to 1. */
export type Scale = readonly (readonly [red: number, green: number, blue: number])[];

const scaleOf = (stops: readonly string[]): Scale => {
  const domain = stops.map((_, i) => i / (stops.length - 1));
  const between = scaleBy({ color: { type: 'linear', domain, range: [...stops], interpolate: 'lab' } });
  return Array.from({ length: STEPS }, (_, i) => {
    const colour: string = between.apply(i / (STEPS - 1));
    const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number);
    return [red, green, blue] as const;
  });
};

export const SCALES: Readonly<Record<keyof typeof STOPS, Scale>> = {
  light: scaleOf(STOPS.light),
  dark: scaleOf(STOPS.dark),
};

/** The step of the scale for a weight from 0 to 1. */
export const step = (weight: number): number => stepAlong(Math.sqrt(Math.max(0, Math.min(1, weight))));

const stepAlong = (t: number): number => Math.round(t * (STEPS - 1));

/**
 * What a plot colours weights from 0 to 1 by. It follows their square root, for most weights are small and would all
 * look alike.
 */
export function colourScale(scale: Scale): ScaleOptions {
  const colours = scale.map(
    (parts) => `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`,
  );
  return {
    type: 'sqrt',
    domain: [0, 1],
    clamp: true,
    interpolate: (t: number) => colours[stepAlong(t)] as string,
  };
}

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
