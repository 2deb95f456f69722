const word = new DataView(new ArrayBuffer(4));

/** The 16 bits of the half-precision number nearest to a float32 number, ties to even. */
export function halfBits(value: number): number {
  word.setFloat32(0, value);
  const bits = word.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const fraction = bits & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00 | ((bits & 0x7fffffff) > 0x7f800000 ? 0x200 : 0);
  if (exponent <= 0) {
    if (exponent < -10) return sign;
    return sign | rounded((fraction | 0x800000) / 2 ** (14 - exponent));
  }
  return sign | rounded((exponent << 10) + fraction / 2 ** 13); // a carry goes into the exponent, as it should
}

/** The whole number nearest to a positive one, ties to even. */
function rounded(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** Numbers in half precision, little-endian. */
export function halves(numbers: Float32Array): Uint8Array {
  const out = new Uint16Array(numbers.length);
  for (let i = 0; i < out.length; i++) out[i] = halfBits(numbers[i] as number);
  return new Uint8Array(out.buffer);
}
