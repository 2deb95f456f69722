import { describe, expect, it } from 'vitest';
import { moved, within } from '../../../taskpane/pictures/cursor';

const triangle = { rows: 4, columns: (row: number) => row + 1 };
const from = (row: number, column: number, key: string, control = false) =>
  moved(triangle, { row, column }, key, control);

describe('the cursor', () => {
  it('walks to its neighbours', () => {
    expect(from(2, 1, 'ArrowLeft')).toEqual({ row: 2, column: 0 });
    expect(from(2, 1, 'ArrowRight')).toEqual({ row: 2, column: 2 });
    expect(from(2, 1, 'ArrowUp')).toEqual({ row: 1, column: 1 });
    expect(from(2, 1, 'ArrowDown')).toEqual({ row: 3, column: 1 });
  });

  it('stays within rows of different lengths', () => {
    expect(from(2, 2, 'ArrowRight')).toEqual({ row: 2, column: 2 });
    expect(from(2, 2, 'ArrowUp')).toEqual({ row: 1, column: 1 });
    expect(from(0, 0, 'ArrowUp')).toEqual({ row: 0, column: 0 });
    expect(within(triangle, { row: 9, column: 9 })).toEqual({ row: 3, column: 3 });
  });

  it('jumps to the ends of a row, and with Ctrl of all', () => {
    expect(from(2, 1, 'Home')).toEqual({ row: 2, column: 0 });
    expect(from(2, 1, 'End')).toEqual({ row: 2, column: 2 });
    expect(from(2, 1, 'Home', true)).toEqual({ row: 0, column: 0 });
    expect(from(2, 1, 'End', true)).toEqual({ row: 3, column: 3 });
  });

  it('is not moved by other keys', () => {
    expect(from(2, 1, 'a')).toBeUndefined();
  });
});
