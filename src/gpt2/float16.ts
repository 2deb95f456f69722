/** Widens IEEE half-precision numbers to float32, exactly. */
export function fromF16(bits: Uint16Array): Float32Array {
  const out = new Float32Array(bits.length);
  const word = new Uint32Array(out.buffer);
  for (let i = 0; i < bits.length; i++) {
    const half = bits[i] as number;
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) out[i] = (sign ? -1 : 1) * fraction * 2 ** -24;
    else word[i] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
  }
  return out;
}

/** Widens bfloat16 numbers to float32, exactly: they are float32's upper halves. */
export function fromBF16(bits: Uint16Array): Float32Array {
  const word = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) word[i] = (bits[i] as number) << 16;
  return new Float32Array(word.buffer);
}
