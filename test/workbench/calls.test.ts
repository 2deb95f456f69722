import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Calls } from '../../workbench/invoke/calls';
import type { FunctionInfo } from '../../workbench/invoke/metadata';
import { BUSY } from '../../workbench/invoke/values';
import type { Invocation } from '../../workbench/runtime/protocol';

const square: FunctionInfo = { id: 'SQUARE', name: 'SQUARE', parameters: [{ name: 'n', type: 'number' }] };
const busy = { error: BUSY };

let sent: Invocation[];
let cancelled: number[];
let changed: string[][];
let calls: Calls;

beforeEach(() => {
  sent = [];
  cancelled = [];
  changed = [];
  const wire = { invoke: (call: Invocation) => sent.push(call), cancel: (id: number) => cancelled.push(id) };
  calls = new Calls(wire, (cells) => changed.push(cells));
});

/** A cell's formula is calculated, and asks. */
const ask = (n: number, cell = 'A1') => {
  calls.formula(cell);
  return calls.answer(cell, `Tour!${cell}`, square, [{ scalar: n }]);
};

it('is busy until the result is there, then asks for the cell to be calculated', () => {
  expect(ask(3)).toEqual(busy);
  expect(calls.busy).toBe(true);
  expect(sent).toEqual([{ id: 1, name: 'SQUARE', values: [3], address: 'Tour!A1', flags: 0 }]);
  calls.settle([{ id: 1, value: 9 }]);
  expect(changed).toEqual([['A1']]);
  expect(ask(3)).toBe(9);
  expect(sent).toHaveLength(1);
  expect(calls.busy).toBe(false);
});

it('has all calls of a calculation under way together, and reports their results together', () => {
  ask(1, 'A1');
  ask(2, 'A2');
  expect(sent).toHaveLength(2);
  calls.settle([
    { id: 1, value: 1 },
    { id: 2, value: 4 },
  ]);
  expect(changed).toEqual([['A1', 'A2']]);
});

it('keeps the calls of a formula that is left as it is in the middle', () => {
  ask(3);
  calls.sweep(() => true);
  calls.formula('A1');
  calls.leave('A1');
  calls.sweep(() => true);
  expect(cancelled).toEqual([]);
  calls.settle([{ id: 1, value: 9 }]);
  expect(ask(3)).toBe(9);
  expect(sent).toHaveLength(1);
});

it('cancels a call whose arguments have changed', () => {
  ask(3);
  calls.sweep(() => true);
  ask(4);
  calls.sweep(() => true);
  expect(cancelled).toEqual([1]);
  calls.settle([{ id: 1, value: 9 }]);
  expect(changed).toEqual([]);
});

it('cancels the calls of a cell that was cleared', () => {
  ask(3);
  calls.sweep(() => false);
  expect(cancelled).toEqual([1]);
  expect(calls.busy).toBe(false);
});

it('leaves alone the cells that a calculation was not about', () => {
  ask(3, 'A1');
  calls.sweep(() => true);
  ask(4, 'A2');
  calls.sweep(() => true);
  expect(cancelled).toEqual([]);
});

it('keeps the message of an error', () => {
  ask(3);
  calls.settle([{ id: 1, error: '#VALUE!', message: 'too odd' }]);
  expect(ask(3)).toMatchObject({ error: '#VALUE!' });
  expect(calls.messageOf('A1')).toBe('too odd');
});

it('keeps the message of arguments that were refused, without a call', () => {
  expect(calls.answer('A1', 'Tour!A1', square, [])).toMatchObject({ error: '#VALUE!' });
  expect(calls.messageOf('A1')).toBe('SQUARE needs n.');
  expect(sent).toEqual([]);
});

it('takes every value of a streaming function', () => {
  ask(3);
  calls.settle([{ id: 1, value: 1 }]);
  calls.settle([{ id: 1, value: 2 }]);
  expect(ask(3)).toBe(2);
  expect(changed).toHaveLength(2);
});

it('calls anew after everything is forgotten', () => {
  ask(3);
  calls.settle([{ id: 1, value: 9 }]);
  calls.forget();
  expect(ask(3)).toEqual(busy);
  expect(sent).toHaveLength(2);
});

describe('while new arguments are worked on', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    ask(3);
    calls.settle([{ id: 1, value: 9 }]);
    calls.sweep(() => true);
    changed.length = 0;
  });

  it('goes on showing the previous result for a moment', () => {
    expect(ask(4)).toBe(9);
    vi.advanceTimersByTime(1000);
    expect(changed).toEqual([['A1']]);
    expect(ask(4)).toEqual(busy);
    vi.useRealTimers();
  });
});
