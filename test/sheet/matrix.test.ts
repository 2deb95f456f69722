import { describe, expect, it } from 'vitest';
import { matrixOf, numbersOf, rowOf } from '../../src/sheet/matrix';
import { textsOf } from '../../src/sheet/prompt';

describe('numbers', () => {
  it('are read as they are, and for the model as float32', () => {
    expect([...numbersOf('cells', [[0.1, 2]]).data]).toEqual([0.1, 2]);
    expect([...matrixOf('cells', [[0.1, 2]]).data]).toEqual([Math.fround(0.1), 2]);
    expect(numbersOf('cells', 5)).toMatchObject({ rows: 1, columns: 1 });
  });

  it.each([
    [[[1, 'x']], 'cells holds "x" in row 1, column 2 of the range: give numbers only.'],
    [[[1], ['']], 'cells holds blank in row 2, column 1'],
    [[[true]], 'cells holds TRUE in row 1, column 1'],
    [[[1e39]], 'cells holds 1e+39 in row 1, column 1 of the range: float32 goes up to 3.4e38.'],
    [[[Number.NaN]], 'cells holds NaN in row 1, column 1'],
    [[[1, '#DIV/0!']], 'cells holds #DIV/0! in row 1, column 2 of the range: mend that cell first.'],
    [null, 'cells holds blank in row 1, column 1'],
  ])('refuses %j', (cells, message) => {
    expect(() => numbersOf('cells', cells)).toThrow(message);
  });
});

describe('a row', () => {
  it('may lie or stand, be one number for all, or be left out', () => {
    expect([...rowOf('bias', [[1, 2, 3]], 3, 0)]).toEqual([1, 2, 3]);
    expect([...rowOf('bias', [[1], [2], [3]], 3, 0)]).toEqual([1, 2, 3]);
    expect([...rowOf('bias', [[7]], 3, 0)]).toEqual([7, 7, 7]);
    for (const nothing of [null, undefined, '', [['']], [[null]]]) {
      expect([...rowOf('gain', nothing, 2, 1)]).toEqual([1, 1]);
    }
  });

  it('says how many numbers it should have', () => {
    expect(() => rowOf('bias', [[1, 2]], 3, 0)).toThrow(
      'bias is a 1×2 range: give 3 numbers in one row or one column, or one number.',
    );
    const square = [
      [1, 2],
      [3, 4],
    ];
    expect(() => rowOf('bias', square, 4, 0)).toThrow('bias is a 2×2 range: give 4 numbers');
  });
});

describe('texts', () => {
  it('may be in any cells, with blanks between them', () => {
    expect(
      textsOf('texts', [
        ['a', ''],
        [null, 2024],
      ]),
    ).toEqual(['a', '2024']);
  });

  it('must be texts', () => {
    expect(() => textsOf('texts', [['a'], [true]])).toThrow(
      'texts holds TRUE in row 2, column 1 of the range',
    );
    expect(() => textsOf('texts', [['', null]])).toThrow('texts holds blank cells only');
    expect(() => textsOf('texts', null)).toThrow('texts holds blank cells only');
    expect(() => textsOf('texts', [['#REF!']])).toThrow('texts holds #REF! in row 1, column 1');
  });
});
