/** Digits of a float32 that are sometimes enough, that are as a rule, and that always are. */
const [FEWEST, USUAL, ENOUGH] = [6, 8, 9];

/** Powers of ten that float64 has exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** Numbers between which every power of ten that is needed is one of these. */
const [LEAST, MOST] = [1e-13, 1e15];

/** A float32 and its bits: a sign, eight bits of the power of two that it begins with, and the rest, which is 0 for that power itself. */
const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);
const [REST_BITS, REST, POWER] = [23, 0x7fffff, 0xff];

/** By those eight bits: the power of ten that the smallest such size begins with, and the size with which the next one begins. */
const TENS = Int8Array.from({ length: POWER + 1 }, (_, power) => Math.floor(Math.log10(2 ** (power - 127))));
const NEXT = Float64Array.from(TENS, (exponent) => Number(`1e${exponent + 1}`));

/**
 * The shortest decimal that reads back as the same float32: a cell shows 0.1 where float64 would show
 * 0.10000000149011612, and a value typed back in is the value that was there.
 */
export function shortest(value: number): number {
  float[0] = value;
  const [wanted] = float as unknown as [number];
  const size = Math.abs(wanted);
  if (!(size >= LEAST && size <= MOST) || Math.trunc(size) === size) return other(wanted);
  const short = shortestOf(size, bits[0] as number);
  return wanted < 0 ? -short : short;
}

/** What is not a fraction of a size that cells have as a rule. */
const other = (wanted: number): number =>
  Number.isInteger(wanted) || !Number.isFinite(wanted) ? wanted : byText(wanted);

/** Most float32 numbers take eight digits: so the search begins there. */
function shortestOf(size: number, itsBits: number): number {
  const power = (itsBits >>> REST_BITS) & POWER;
  const exponent = (TENS[power] as number) + (size < (NEXT[power] as number) ? 0 : 1);
  let short = roundedTo(size, USUAL - 1 - exponent);
  if (Math.fround(short) !== size) {
    const exact = roundedTo(size, ENOUGH - 1 - exponent);
    return Number.isNaN(short + exact) ? byText(size) : exact;
  }
  // Float32 numbers lie closer together below a power of two than above it: there more digits may do worse than fewer.
  if ((itsBits & REST) === 0) return byText(size);
  for (let digits = USUAL - 1; digits >= FEWEST; digits--) {
    const shorter = roundedTo(size, digits - 1 - exponent);
    if (Math.fround(shorter) !== size) return Number.isNaN(shorter) ? byText(size) : short;
    short = shorter;
  }
  return short;
}

/**
 * A size rounded to so many decimals, which may be fewer than none: a whole number divided by a power of ten, both exact, is the
 * float64 next to that decimal, as `Number(text)` gives it. NaN where it cannot be told which way to round.
 */
function roundedTo(size: number, decimals: number): number {
  const power = POWERS[Math.abs(decimals)] as number;
  const scaled = decimals < 0 ? size / power : size * power;
  const whole = Math.floor(scaled + 0.5);
  if (Math.abs(Math.abs(scaled - whole) - 0.5) < 1e-5) return Number.NaN;
  return decimals < 0 ? whole * power : whole / power;
}

/** The same by writing the decimals out, which takes some twenty times as long. */
function byText(wanted: number): number {
  for (let digits = FEWEST; digits < ENOUGH; digits++) {
    const short = Number(wanted.toPrecision(digits));
    if (Math.fround(short) === wanted) return short;
  }
  return Number(wanted.toPrecision(ENOUGH));
}
