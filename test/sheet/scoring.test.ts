import { describe, expect, it } from 'vitest';
import { messages } from '../../src/sheet/messages';
import { optionsOf } from '../../src/sheet/options';
import { checkRows } from '../../src/sheet/rows';
import { samplingOf } from '../../src/sheet/sampling';

describe('options', () => {
  it('are the texts of a range, row by row, numbers as their digits', () => {
    expect(
      optionsOf('options', [
        [' a', 'b'],
        [2024, '=1'],
      ]),
    ).toEqual([' a', 'b', '2024', '=1']);
    expect(optionsOf('options', ' a')).toEqual([' a']);
  });

  it.each([
    [[['a'], ['']], 'options holds blank in row 2, column 1 of the range: give a text in every cell.'],
    [null, 'options holds blank in row 1, column 1'],
    [[['a', true]], 'options holds TRUE in row 1, column 2'],
    [[['a'], ['#N/A']], 'options holds #N/A in row 2, column 1 of the range: mend that cell first.'],
    [[[{}]], 'options holds a value of another type in row 1, column 1'],
  ])('refuse %j with a sentence', (cells, message) => {
    expect(() => optionsOf('options', cells)).toThrow(message);
  });
});

describe('how to draw', () => {
  const nothing = { temperature: null, top_k: null, top_p: null, seed: null };

  it('is greedy unless a temperature is given', () => {
    expect(samplingOf(nothing, 50)).toEqual({ temperature: 0, topK: 0, topP: 1, seed: 0 });
    expect(samplingOf({ temperature: 1, top_k: '5', top_p: 0.5, seed: 7 }, 50, 20)).toEqual({
      temperature: 1,
      topK: 5,
      topP: 0.5,
      seed: 7,
    });
  });

  it.each([
    [{ temperature: -1 }, 'temperature is -1: give a number from 0 to 100.'],
    [{ temperature: 'hot' }, 'temperature is "hot"'],
    [{ temperature: '#N/A' }, 'temperature is #N/A'],
    [{ top_k: 51 }, 'top_k is 51: give a whole number from 0 to 50.'],
    [{ top_k: 1.5 }, 'top_k is 1.5'],
    [{ top_p: 0 }, 'top_p is 0: give a number above 0 and at most 1.'],
    [{ top_p: 1.01 }, 'top_p is 1.01'],
    [{ seed: -1 }, 'seed is -1'],
    [{ seed: Number.MAX_SAFE_INTEGER }, `seed is ${Number.MAX_SAFE_INTEGER}: give a whole number from 0 to`],
  ])('refuses %j with a sentence', (given, message) => {
    expect(() => samplingOf({ ...nothing, ...given }, 50, 20)).toThrow(message);
  });
});

describe('rows of texts', () => {
  it('are refused when they are more than the host takes in one answer', () => {
    const word = 'e'.repeat(32_767);
    expect(checkRows([[word, 1]], 'give a shorter text')).toEqual([[word, 1]]);
    const rows = Array.from({ length: 30_000 }, (_, i) => [word, i]);
    expect(() => checkRows(rows, 'give a shorter text')).toThrow(
      'The result is 30000×2 cells, over the 5 MB that Excel takes: give a shorter text.',
    );
  });
});

it('a text without merges is #N/A, with a sentence', () => {
  expect(messages.noMerges('text', '')).toMatchObject({ code: '#N/A' });
  expect(messages.noMerges('text', '1.').message).toBe(
    'text is "1.", in which no two neighbours are merged: give a text with common words.',
  );
});
