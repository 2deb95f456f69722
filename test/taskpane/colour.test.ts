import { expect, it } from 'vitest';
import { isDark } from '../../taskpane/colour';

it('tells dark backgrounds from light ones, as Office names its colours', () => {
  expect(isDark('#262626')).toBe(true);
  expect(isDark('#FFFFFF')).toBe(false);
  expect(isDark('#FFA500')).toBe(false);
  expect(isDark('#0000ff')).toBe(true);
});

it('has no opinion on what is not a colour', () => {
  expect(isDark('')).toBeUndefined();
  expect(isDark('ButtonFace')).toBeUndefined();
});
