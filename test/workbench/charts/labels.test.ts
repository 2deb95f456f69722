import { describe, expect, it } from 'vitest';
import { folded, sidesOf, widthOf } from '../../../workbench/charts/labels';

describe('labels along an axis', () => {
  it.each([
    ['leaves block 0', 11, 'leaves\nblock 0'],
    ['leaves block 11', 8, 'leaves\nblock 11'],
    ['no example', 14, 'no example'],
    ['“ quickly”', 7, '“ quic…'],
    ['a b c d e f', 3, 'a b\nc …'],
    ['unbreakable', 5, 'unbr…'],
    ['', 5, ''],
  ])('%j in lines of %i', (label, most, expected) => {
    expect(folded(label, most)).toBe(expected);
  });

  it('are as wide as their widest line', () => {
    expect(widthOf('leaves\nblock 11')).toBe(8 * 6);
  });
});

describe('names of points', () => {
  it('stand on the right, but where another point is', () => {
    const [cat, dog, king] = [
      { x: 60, y: 100, text: 'cat' },
      { x: 40, y: 104, text: 'dog' },
      { x: 40, y: 160, text: 'king' },
    ];
    expect(sidesOf([cat, dog, king])).toEqual(['right', 'left', 'right']);
  });
});
