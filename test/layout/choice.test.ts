import { describe, expect, it } from 'vitest';
import { SHAPES } from '../../src/gpt2/shapes';
import {
  type Choice,
  isLegible,
  limitsOf,
  listOf,
  listText,
  numberOf,
  stepsOf,
  usualChoice,
} from '../../src/layout/choice';
import { smallConfig } from '../support/models';

const { gpt2, 'gpt2-xl': xl } = SHAPES;

describe('a list of numbers', () => {
  const read = (text: string) => listOf('Layers', text, { least: 0, most: 11 });

  it.each([
    ['0', [0]],
    ['0, 5-7', [0, 5, 6, 7]],
    ['7 5;6', [5, 6, 7]],
    ['3 - 4, 3', [3, 4]],
    ['2–3,', [2, 3]],
    ['', []],
    ['  ', []],
  ])('is read from “%s”', (text, numbers) => {
    expect(read(text)).toEqual(numbers);
  });

  it('is all of them for “all”', () => {
    expect(read('All')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it.each(['12', '5-3', '-1', '1.5', 'two', '0-12', '1--2'])('cannot be “%s”', (text) => {
    expect(() => read(text)).toThrow(
      `Layers: “${text}” is not allowed. Give numbers from 0 to 11, such as “0, 1” or “0-11”; “all” for all of them.`,
    );
  });

  it.each(['0', '0, 5-7', '1-11'])('is written as “%s” again', (text) => {
    expect(listText(read(text))).toBe(text);
  });
});

it.each([
  ['', 'it is empty'],
  ['0', '“0” is not allowed'],
  ['49', '“49” is not allowed'],
  ['4.5', '“4.5” is not allowed'],
])('a number cannot be “%s”', (text, why) => {
  expect(() => numberOf('Room', text, { least: 1, most: 48 })).toThrow(
    `Room: ${why}. Give a whole number from 1 to 48.`,
  );
});

describe('what is laid out if nobody chooses', () => {
  it('is everything of a small model', () => {
    const config = smallConfig();
    expect(isLegible(config)).toBe(true);
    expect(usualChoice(config, 3)).toEqual({
      room: 16,
      layers: [0, 1],
      heads: [0, 1, 2],
      columns: config.n_inner,
    });
  });

  it('is one block with two heads and 64 columns of a wide one', () => {
    for (const config of [gpt2, xl]) {
      expect(isLegible(config)).toBe(false);
      expect(usualChoice(config, 20)).toEqual({ room: 20, layers: [0], heads: [0, 1], columns: 64 });
    }
  });

  it('is never more than a formula may hold', () => {
    for (const config of [gpt2, xl]) {
      const { columns, heads } = limitsOf(config);
      expect(columns.most * config.n_embd).toBeLessThanOrEqual(200_000);
      expect(heads).toEqual({ least: 0, most: config.n_head - 1 });
    }
    expect(limitsOf(smallConfig({ n_embd: 768, n_head: 1 })).heads).toBeUndefined();
  });
});

it.each([
  [[0], ['0', '1-11']],
  [
    [3, 4, 9],
    ['0-2', '3', '4', '5-8', '9', '10-11'],
  ],
  [[], ['0-11']],
  [[11], ['0-10', '11']],
])('blocks %j alone have sheets, the others run on', (layers, steps) => {
  const choice: Choice = { room: 4, layers, heads: [], columns: 1 };
  const got = stepsOf(gpt2, choice);
  expect(got.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`))).toEqual(steps);
  expect(got.filter(({ shown }) => shown).map(({ from }) => from)).toEqual(layers);
});
