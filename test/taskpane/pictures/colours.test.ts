import { describe, expect, it } from 'vitest';
import { isLight, luminance, SCALES, step } from '../../../taskpane/pictures/colours';

const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

describe.each(Object.entries(SCALES))('the %s scale', (name, scale) => {
  const steps = scale.map(luminance);

  it('has 256 colours that can be told apart in black and white, in their order', () => {
    expect(scale).toHaveLength(256);
    // Neighbours may round to the same grey; four steps never do.
    for (let i = 4; i < steps.length; i++) {
      const rise = (steps[i] as number) - (steps[i - 4] as number);
      expect(name === 'dark' ? rise : -rise, `step ${i}`).toBeGreaterThan(0);
    }
  });

  it('spans more contrast than text needs', () => {
    expect(contrast(steps[0] as number, steps[255] as number)).toBeGreaterThan(12);
  });

  it('carries readable figures on every step', () => {
    for (const colour of scale) {
      const text = isLight(colour) ? 0 : 1;
      expect(contrast(text, luminance(colour))).toBeGreaterThan(4.5);
    }
  });
});

it('goes from nothing to everything, and gives small weights room', () => {
  expect([0, 0.25, 1].map(step)).toEqual([0, 128, 255]);
  expect([-1, 2].map(step)).toEqual([0, 255]);
});
