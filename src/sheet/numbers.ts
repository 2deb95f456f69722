/** Digits of a float32 that are sometimes enough, and digits that always are. */
const [FEWEST, ENOUGH] = [6, 9];

/** Powers of ten that float64 has exactly. */
const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** Numbers between which every power of ten that is needed is one of these. */
const [LEAST, MOST] = [1e-13, 1e15];

/**
 * The shortest decimal that reads back as the same float32: a cell shows 0.1 where float64 would show
 * 0.10000000149011612, and a value typed back in is the value that was there.
 */
export function shortest(value: number): number {
  const wanted = Math.fround(value);
  if (!Number.isFinite(wanted) || Number.isInteger(wanted)) return wanted;
  const size = Math.abs(wanted);
  if (size < LEAST || size > MOST) return byText(wanted);
  const exponent = exponentOf(size);
  for (let digits = FEWEST; digits <= ENOUGH; digits++) {
    const rounded = roundedTo(size, digits - 1 - exponent);
    if (rounded === undefined) return byText(wanted);
    if (digits === ENOUGH || Math.fround(rounded) === size) return wanted < 0 ? -rounded : rounded;
  }
  return wanted;
}

/**
 * A size rounded to so many decimals, which may be fewer than none: a whole number divided by a power of ten, both exact, is the
 * float64 next to that decimal, as `Number(text)` gives it. Undefined where it cannot be told which way to round.
 */
function roundedTo(size: number, decimals: number): number | undefined {
  const power = POWERS[Math.abs(decimals)] as number;
  const scaled = decimals < 0 ? size / power : size * power;
  const whole = Math.round(scaled);
  if (Math.abs(Math.abs(scaled - whole) - 0.5) < 1e-5) return undefined;
  return decimals < 0 ? whole * power : whole / power;
}

/** The power of ten that a size begins with: 2 for 123.4, −3 for 0.0012. */
function exponentOf(size: number): number {
  const near = Math.floor(Math.log10(size));
  const power = near < 0 ? 1 / (POWERS[-near] as number) : (POWERS[near] as number);
  const next = near < -1 ? 1 / (POWERS[-near - 1] as number) : (POWERS[near + 1] as number);
  if (size < power) return near - 1;
  return size >= next ? near + 1 : near;
}

/** The same by writing the decimals out, which takes some twenty times as long. */
function byText(wanted: number): number {
  for (let digits = FEWEST; digits < ENOUGH; digits++) {
    const short = Number(wanted.toPrecision(digits));
    if (Math.fround(short) === wanted) return short;
  }
  return Number(wanted.toPrecision(ENOUGH));
}
