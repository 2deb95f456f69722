import { describe, expect, it } from 'vitest';
import { prepareArguments } from '../../workbench/invoke/arguments';
import type { FunctionInfo, ParameterInfo } from '../../workbench/invoke/metadata';
import { type Argument, BUSY, type CellValue } from '../../workbench/invoke/values';
import { ALLOWS_ERRORS, CANCELABLE, STREAMING } from '../../workbench/runtime/protocol';

const parameter = (type: string, more: Partial<ParameterInfo> = {}): ParameterInfo => ({
  name: 'given',
  type,
  ...more,
});
const info = (parameters: ParameterInfo[], more: Partial<FunctionInfo> = {}): FunctionInfo => ({
  id: 'F',
  name: 'F',
  parameters,
  ...more,
});
const one = (scalar: CellValue): Argument => ({ scalar });
const values = (prepared: ReturnType<typeof prepareArguments>) =>
  'error' in prepared ? prepared.error : prepared.values;

describe('one value', () => {
  const cases: [type: string, given: CellValue, sent: unknown][] = [
    ['number', 3, 3],
    ['number', '3', 3],
    ['number', ' 1e-3 ', 0.001],
    ['number', '50%', 0.5],
    ['number', true, 1],
    ['number', null, 0],
    ['number', 'abc', '#VALUE!'],
    ['number', '', '#VALUE!'],
    ['number', 'Infinity', '#VALUE!'],
    ['string', 2024, '2024'],
    ['string', true, 'TRUE'],
    ['string', null, ''],
    ['string', ' is', ' is'],
    ['boolean', 'true', true],
    ['boolean', 0, false],
    ['boolean', null, false],
    ['boolean', 'yes', '#VALUE!'],
    ['any', 'x', 'x'],
    ['any', 3, 3],
    ['any', null, ''],
  ];
  it.each(cases)('as %s: %j is sent as %j', (type, given, sent) => {
    const result = values(prepareArguments(info([parameter(type)]), [one(given)]));
    expect(result).toEqual(sent === '#VALUE!' ? sent : [sent]);
  });

  it('is taken from a range of one cell', () => {
    expect(values(prepareArguments(info([parameter('number')]), [{ rows: [['7']] }]))).toEqual([7]);
  });

  it('cannot be a range of several cells', () => {
    expect(prepareArguments(info([parameter('any')]), [{ rows: [[1], [2]] }])).toEqual({
      error: '#VALUE!',
      message: 'F takes one value as given, not 2 rows of 1.',
    });
  });
});

describe('a matrix', () => {
  const matrix = info([parameter('any', { dimensionality: 'matrix' })]);

  it('gets rows, with "" for blank cells', () => {
    expect(
      values(
        prepareArguments(matrix, [
          {
            rows: [
              [1, null],
              ['a', true],
            ],
          },
        ]),
      ),
    ).toEqual([
      [
        [1, ''],
        ['a', true],
      ],
    ]);
  });

  it('gets rows for one value too', () => {
    expect(values(prepareArguments(matrix, [one('Mike')]))).toEqual([[['Mike']]]);
  });

  it('converts every cell to its type', () => {
    const numbers = info([parameter('number', { dimensionality: 'matrix' })]);
    expect(values(prepareArguments(numbers, [{ rows: [['1', null]] }]))).toEqual([[[1, 0]]]);
  });
});

describe('what is left out', () => {
  const two = info([parameter('any'), parameter('number', { name: 'layer', optional: true })]);

  it('is null where it is optional', () => {
    expect(values(prepareArguments(two, [one('a')]))).toEqual(['a', null]);
    expect(values(prepareArguments(two, [one('a'), { omitted: true }]))).toEqual(['a', null]);
  });

  it('is an error where it is not', () => {
    expect(prepareArguments(two, [])).toEqual({ error: '#VALUE!', message: 'F needs given.' });
  });

  it('has its counterpart: too much', () => {
    expect(prepareArguments(info([]), [one(1)])).toEqual({
      error: '#VALUE!',
      message: 'F takes no arguments, not 1.',
    });
  });
});

describe('an error among the arguments', () => {
  const matrix = parameter('any', { dimensionality: 'matrix' });
  const range: Argument = { rows: [[1, { error: '#N/A' }]] };

  it('becomes the result', () => {
    expect(prepareArguments(info([matrix]), [range])).toEqual({ error: '#N/A' });
  });

  it('is sent to a function that takes errors', () => {
    const prepared = prepareArguments(info([matrix], { allowErrorForDataTypeAny: true }), [range]);
    expect(prepared).toEqual({
      values: [[[1, { type: 'CustomFunctionError', code: '#N/A' }]]],
      flags: ALLOWS_ERRORS,
    });
  });

  it('ends the call while it means that a cell is not calculated yet, whatever the function takes', () => {
    const busy: Argument = { rows: [[1, { error: BUSY }]] };
    expect(prepareArguments(info([matrix], { allowErrorForDataTypeAny: true }), [busy])).toEqual({
      error: BUSY,
    });
  });
});

it('tells the runtime what kind of function it is', () => {
  const flags = (options: FunctionInfo['options']) => {
    const prepared = prepareArguments(info([], { options }), []);
    return 'flags' in prepared && prepared.flags;
  };
  expect(flags({})).toBe(0);
  expect(flags({ cancelable: true })).toBe(CANCELABLE);
  expect(flags({ stream: true })).toBe(CANCELABLE | STREAMING);
});
