import { describe, expect, it } from 'vitest';
import { idsOf, promptOf, textOf } from '../../src/sheet/prompt';

describe('input', () => {
  it('can be a prompt, token ids, or blank', () => {
    expect(promptOf('input', [['Mike is quick.']])).toEqual({ text: 'Mike is quick.' });
    expect(promptOf('input', [['']])).toEqual({ text: '' });
    expect(promptOf('input', [[null]])).toEqual({ text: '' });
    expect(promptOf('input', [[5]])).toEqual({ ids: [5] });
    expect(promptOf('input', [[5], [0], [7]])).toEqual({ ids: [5, 0, 7] });
    expect(promptOf('input', [['=1+1']])).toEqual({ text: '=1+1' });
    expect(promptOf('input', [['2024']])).toEqual({ text: '2024' });
  });

  it.each([
    [[[true]], 'input is TRUE: give a prompt (one cell of text) or token ids (one column of numbers).'],
    [[['a'], ['b']], 'input is a 2×1 range with text in it: give one cell of text.'],
    [[[1], ['b']], 'input holds "b" among numbers, in row 2, column 1 of the range'],
    [[[1], ['']], 'input holds blank among numbers, in row 2, column 1'],
    [[[1, 2]], 'input is a 1×2 range of numbers: give a prompt (one cell of text) or token ids'],
    [[[1.5]], 'input holds 1.5 in row 1: token ids are whole numbers from 0.'],
    [[[3], [-1]], 'input holds -1 in row 2'],
    [[[Number.NaN]], 'input holds NaN in row 1'],
    [[[1], ['#N/A']], 'input holds #N/A in row 2, column 1 of the range: mend that cell first.'],
    [[[{ code: '#DIV/0!' }]], 'input holds #DIV/0! in row 1, column 1'],
  ])('refuses %j with a sentence', (cells, message) => {
    expect(() => promptOf('input', cells)).toThrow(message);
  });
});

describe('text and ids', () => {
  it('takes a number as its digits', () => {
    expect(textOf('text', [[2024]])).toBe('2024');
    expect(textOf('text', [['']])).toBe('');
    expect(() => textOf('text', [[false]])).toThrow('text is FALSE: give a text.');
    expect(() => textOf('text', [['a', 'b']])).toThrow('text is a 1×2 range');
  });

  it('takes ids in a column or in a row', () => {
    expect(idsOf('ids', [[1], [2]])).toEqual([1, 2]);
    expect(idsOf('ids', [[1, 2]])).toEqual([1, 2]);
    expect(() => idsOf('ids', [['x']])).toThrow('ids holds "x" in row 1');
    expect(() =>
      idsOf('ids', [
        [1, 2],
        [3, 4],
      ]),
    ).toThrow('ids is a 2×2 range');
  });
});
