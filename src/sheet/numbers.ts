/**
 * The shortest decimal that reads back as the same float32: a cell shows 0.1 where float64 would show
 * 0.10000000149011612, and a value typed back in is the value that was there.
 */
export function shortest(value: number): number {
  const wanted = Math.fround(value);
  if (!Number.isFinite(wanted) || Number.isInteger(wanted)) return wanted;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(wanted.toPrecision(digits));
    if (Math.fround(short) === wanted) return short;
  }
  return Number(wanted.toPrecision(9));
}
