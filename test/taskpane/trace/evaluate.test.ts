import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerFormulas } from '../../../src/sheet/registered';
import { evaluate } from '../../../taskpane/trace/evaluate';

type Invocation = { onCanceled?: () => void };

const ranges: Record<string, unknown[][]> = {
  A1: [['Mike']],
  'B1:C2': [
    [1, 2],
    [3, null],
  ],
  D1: [[10]],
  'E1:E2': [[1], [2]],
};
const read = vi.fn(async (reference: string) => ranges[reference] as unknown[][]);
const double = vi.fn(async (cells: unknown, by: unknown, _: Invocation) =>
  (cells as number[][]).map((row) => row.map((n) => n * ((by as number | null) ?? 2))),
);

beforeEach(() =>
  registerFormulas({
    DOUBLE: double,
    NAME: async (text: unknown, _: Invocation) => `${text}!`,
    STREAM: (_: unknown, __: Invocation) => undefined,
    REFUSE: (_: unknown, __: Invocation) => Promise.reject(new Error('cells is empty.')),
    FOREVER: (_: unknown, invocation: Invocation) =>
      new Promise((_resolve, reject) => {
        invocation.onCanceled = () => reject(new Error('cancelled'));
      }),
  }),
);
afterEach(() => registerFormulas({}));

describe('the values of an argument', () => {
  it.each([
    ['0.5', [[0.5]]],
    ['{1,2;3,4}', [[1, 2], [3, 4]]], // biome-ignore format: rows as they are written
    ['A1', [['Mike']]],
    ['GPT2.NAME(A1)', [['Mike!']]],
    ['gpt2.double({1,2},)', [[2, 4]]],
    ['GPT2.DOUBLE({1,2}, 3)', [[3, 6]]],
    ['GPT2.DOUBLE(B1:C2+GPT2.DOUBLE({1,1;1,1}))', [[6, 8], [10, 4]]], // biome-ignore format: rows
    ['B1:C2 - (D1+1)', [[-10, -9], [-8, -11]]], // biome-ignore format: rows
    ['D1+B1:C2', [[11, 12], [13, 10]]], // biome-ignore format: rows
  ])('%s', async (text, values) => {
    expect(await evaluate(text, read)).toEqual(values);
  });

  it.each([
    ['LEN(A1)', 'only the spreadsheet does. Put LEN(A1) in a cell'],
    ['A1&"x"', 'only the spreadsheet does'],
    ['B1:C2+E1:E2', 'not of one size'],
    ['A1+1', 'a sum takes numbers alone'],
    ['GPT2.STREAM(A1)', 'GPT2.STREAM gives its result bit by bit'],
    ['GPT2.REFUSE(A1)', 'cells is empty.'],
    ['GPT2.NONE(A1)', 'there is no formula GPT2.NONE'],
  ])('of %s are refused', async (text, sentence) => {
    await expect(evaluate(text, read)).rejects.toThrow(sentence);
  });

  it('are given up when nobody waits any more', async () => {
    const controller = new AbortController();
    const waiting = evaluate('GPT2.FOREVER(A1)', read, controller.signal);
    await Promise.resolve();
    setTimeout(() => controller.abort());
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
