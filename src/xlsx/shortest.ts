const single = new Float32Array(1);

/**
 * The number with the fewest digits that is the same float32. As a float64, which cells hold, it is another number than
 * the float32 itself, by less than half a step of float32.
 */
export function shortest(value: number): number {
  single[0] = value;
  const [rounded] = single as unknown as [number];
  if (Number.isSafeInteger(rounded) || !Number.isFinite(rounded)) return rounded;
  // Six digits always survive as float32; nine always suffice.
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(rounded.toPrecision(digits));
    if (Math.fround(short) === rounded) return short;
  }
  return Number(rounded.toPrecision(9));
}
