import type { Drawing, Place } from './picture';

type Shape = Pick<Drawing, 'rows' | 'columns'>;

/** The place of a drawing nearest to one that it may not have. */
export function within(shape: Shape, { row, column }: Place): Place {
  const r = clamp(row, shape.rows);
  return { row: r, column: clamp(column, shape.columns(r)) };
}

/** Where a key takes the cursor; undefined for keys that do not move it. */
export function moved(
  shape: Shape,
  { row, column }: Place,
  key: string,
  control: boolean,
): Place | undefined {
  const to = (row: number, column: number) => within(shape, { row, column });
  const end = Number.MAX_SAFE_INTEGER;
  switch (key) {
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'Home':
      return control ? to(0, 0) : to(row, 0);
    case 'End':
      return control ? to(end, end) : to(row, end);
    default:
      return undefined;
  }
}

const clamp = (value: number, length: number): number => Math.max(0, Math.min(length - 1, value));
