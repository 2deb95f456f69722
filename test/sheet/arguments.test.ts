import { describe, expect, it } from 'vitest';
import { choice, wholeNumber } from '../../src/sheet/arguments';

describe('wholeNumber', () => {
  const layer = (value: unknown) => wholeNumber('layer', value, { least: 0, most: 3 });

  it('takes numbers and digits', () => {
    expect(layer(2)).toBe(2);
    expect(layer('3')).toBe(3);
    expect(wholeNumber('k', null, { least: 1, most: 9, otherwise: 5 })).toBe(5);
    expect(wholeNumber('k', '', { least: 1, most: 9, otherwise: 5 })).toBe(5);
  });

  it.each([
    [99, 'layer is 99: give a whole number from 0 to 3.'],
    [-1, 'layer is -1'],
    [1.5, 'layer is 1.5'],
    ['two', 'layer is "two"'],
    [' ', 'layer is " "'],
    [true, 'layer is TRUE'],
    [1e308, 'layer is 1e+308'],
    [Number.NaN, 'layer is NaN'],
    [null, 'layer is missing: give a whole number from 0 to 3.'],
    ['', 'layer is missing'],
    ['#REF!', 'layer is #REF!: mend that cell first.'],
    [{}, 'layer is a value of another type'],
  ])('refuses %j', (value, message) => {
    expect(() => layer(value)).toThrow(message);
  });
});

describe('choice', () => {
  it('takes the words in any case, and the first when there is none', () => {
    expect(choice('point', 'MID', ['pre', 'mid', 'post'])).toBe('mid');
    expect(choice('point', null, ['pre', 'mid', 'post'])).toBe('pre');
    expect(() => choice('point', 'after', ['pre', 'mid', 'post'])).toThrow(
      'point is "after": give "pre" or "mid" or "post".',
    );
  });
});
