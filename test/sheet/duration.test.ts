import { expect, it } from 'vitest';
import { duration } from '../../src/sheet/duration';

it.each([
  [0, '0.0 ms'],
  [0.44, '0.4 ms'],
  [9.94, '9.9 ms'],
  [9.96, '10 ms'],
  [12.4, '12 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [1340, '1.3 s'],
  [75_000, '75 s'],
])('%f milliseconds are %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
