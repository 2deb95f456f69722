/** Digits of a float32 that are sometimes enough, that are as a rule, and that always are. */
const [FEWEST, USUAL, ENOUGH] = [6, 8, 9];

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
  const short = shortestOf(size);
  if (short === undefined) return byText(wanted);
  return wanted < 0 ? -short : short;
}

/** Most float32 numbers take eight digits: so the search begins there. Undefined where it cannot be told which way to round. */
function shortestOf(size: number): number | undefined {
  const exponent = exponentOf(size);
  const rounded = (digits: number) => roundedTo(size, digits - 1 - exponent);
  let short = rounded(USUAL);
  if (short === undefined) return undefined;
  if (Math.fround(short) !== size) return rounded(ENOUGH);
  // Float32 numbers lie closer together below a power of two than above it: there more digits may do worse than fewer.
  if (Number.isInteger(Math.log2(size))) return undefined;
  for (let digits = USUAL - 1; digits >= FEWEST; digits--) {
    const shorter = rounded(digits);
    if (shorter === undefined) return undefined;
    if (Math.fround(shorter) !== size) break;
    short = shorter;
  }
  return short;
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
