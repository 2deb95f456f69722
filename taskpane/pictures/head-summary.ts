/** Where a head looks, in three figures: means over all tokens but the first, which sees only itself. */
export interface HeadSummary {
  readonly self: number;
  /** On the token just before. */
  readonly previous: number;
  readonly first: number;
}

/** @param pattern [T, T]; a single token gives 1 for itself and 0 for the others, of which there are none */
export function summary(pattern: ArrayLike<number>, T: number): HeadSummary {
  if (T === 1) return { self: 1, previous: 0, first: 0 };
  const at = (row: number, column: number) => pattern[row * T + column] as number;
  let [self, previous, first] = [0, 0, 0];
  for (let row = 1; row < T; row++) {
    self += at(row, row);
    previous += at(row, row - 1);
    first += at(row, 0);
  }
  return { self: self / (T - 1), previous: previous / (T - 1), first: first / (T - 1) };
}
