/** Digits of a float32 that are sometimes enough, and that always are. */
const [FEWEST, ENOUGH] = [6, 9];

/** A float32's bits: a sign, eight of the power of two that it begins with, and the rest, which is 0 for that power itself. */
const [REST_BITS, REST, POWER, SIGN_BIT] = [23, 0x7fffff, 0xff, 31];
/** From the first of these powers up to the second, for which every float32 is a whole number, the tables below have what is needed. */
const [LEAST, WHOLE] = [127 - 43, 127 + 23];
const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** By the eight bits of the power: the power of ten that the smallest such size begins with. */
const TENS = Int8Array.from({ length: POWER + 1 }, (_, power) => Math.floor(Math.log10(2 ** (power - 127))));
/** How many decimals make a whole number of nine digits, or ten, of such a size. */
const DECIMALS = TENS.map((ten) => ENOUGH - 1 - ten);
/** What it is multiplied with for that, and half of what is between it and the next float32 then. */
const SCALE = Float64Array.from(TENS, (ten) => Number(`1e${ENOUGH - 1 - ten}`));
const HALF = SCALE.map((scale, power) => 2 ** (power - 127 - 24) * scale);

/** Powers of ten, which float64 has exactly, and tenths. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const TENTHS = Float64Array.from({ length: 5 }, (_, i) => Number(`1e-${i}`));
const SIGNS = Float64Array.of(1, -1);

/** What is this close to a limit may be on either side of it: a scaled size is off by less than a millionth. */
const CLOSE = 1e-5;

/**
 * The shortest decimal that reads back as the same float32: a cell shows 0.1 where float64 would show
 * 0.10000000149011612, and a value typed back in is the value that was there.
 */
export function shortest(value: number): number {
  float[0] = value;
  return shortestOf(float[0] as number, bits[0] as number);
}

/** Rows of so many values each, as their shortest decimals. */
export function shortestRows(values: Float32Array, columns: number): number[][] {
  const all = new Int32Array(values.buffer, values.byteOffset, values.length);
  const blank = new Array<number>(columns).fill(0.5); // its copies have room for fractions from the start
  const rows: number[][] = [];
  for (let at = 0; at < values.length; at += columns) {
    const row = blank.slice();
    for (let i = 0; i < columns; i++) row[i] = shortestOf(values[at + i] as number, all[at + i] as number);
    rows.push(row);
  }
  return rows;
}

/**
 * Scaled to nine digits or ten before the point, a decimal of fewer digits is a multiple of 10, 100 and so on, and reads back
 * as the same if it is less than half a step away. A processor loses more by a comparison that comes out differently each time than by a few
 * multiplications: so the digits that can go are counted by arithmetic, but for those that can seldom go.
 */
function shortestOf(wanted: number, itsBits: number): number {
  const power = (itsBits >>> REST_BITS) & POWER;
  // Float32 numbers lie closer together below a power of two than above it: there half a step is not the same on both sides.
  if (power < LEAST || power >= WHOLE || (itsBits & REST) === 0) return other(wanted);
  const scaled = Math.abs(wanted) * (SCALE[power] as number);
  const half = HALF[power] as number;
  const three = distance(scaled, 1000, 0.001) - half;
  if (three < CLOSE) return shorter(wanted, itsBits, scaled, three);
  const one = distance(scaled, 10, 0.1) - half;
  const two = distance(scaled, 100, 0.01) - half;
  if (Math.abs(one * two) < 1000 * CLOSE) return byText(wanted);
  return without((negative(one) + negative(two)) | 0, wanted, itsBits, scaled);
}

/** The same where three digits can go, or four: more than those are zeros anyway. */
function shorter(wanted: number, itsBits: number, scaled: number, three: number): number {
  if (Number.isInteger(wanted)) return wanted;
  const half = HALF[(itsBits >>> REST_BITS) & POWER] as number;
  const four = distance(scaled, 10_000, 0.0001) - half;
  if (Math.abs(three) < CLOSE || Math.abs(four) < CLOSE) return byText(wanted);
  return without(four < 0 ? 4 : 3, wanted, itsBits, scaled);
}

/** How far a number is from the next multiple of `step`. */
const distance = (x: number, step: number, inverse: number): number =>
  Math.abs(Math.floor(x * inverse + 0.5) * step - x);

/** 1 for what is below 0, otherwise 0. */
const negative = (x: number): number => 0 - Math.floor(x * 1e-9);

/**
 * Rounded to so many digits fewer. A whole number divided by a power of ten, both exact, is the float64 next to that decimal, as
 * `Number(text)` gives it.
 */
function without(digits: number, wanted: number, itsBits: number, scaled: number): number {
  const above = scaled * (TENTHS[digits] as number) + 0.5;
  const whole = Math.floor(above);
  if (Math.abs(above - whole - 0.5) > 0.5 - CLOSE) return byText(wanted); // as near to the next
  const decimals = (DECIMALS[(itsBits >>> REST_BITS) & POWER] as number) - digits;
  return (whole / (POWERS[decimals] as number)) * (SIGNS[itsBits >>> SIGN_BIT] as number);
}

/** What is not a fraction of a size that cells have as a rule. */
const other = (wanted: number): number =>
  Number.isSafeInteger(wanted) || !Number.isFinite(wanted) ? wanted : byText(wanted);

/** The same by writing the decimals out, which takes some twenty times as long. */
function byText(wanted: number): number {
  for (let digits = FEWEST; digits < ENOUGH; digits++) {
    const short = Number(wanted.toPrecision(digits));
    if (Math.fround(short) === wanted) return short;
  }
  return Number(wanted.toPrecision(ENOUGH));
}
