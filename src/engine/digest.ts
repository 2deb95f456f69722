/**
 * A 128-bit fingerprint of numbers, bit for bit. Not for secrets: it stands for an array in a cache key, where two
 * different arrays must not meet by accident.
 */
export function digest(numbers: Float32Array): string {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  // Four murmur-like lanes with different multipliers, each fed every word and one neighbour.
  let a = 0x9e3779b9 ^ words.length;
  let b = 0x85ebca6b ^ words.length;
  let c = 0xc2b2ae35 ^ words.length;
  let d = 0x27d4eb2f ^ words.length;
  for (const word of words) {
    a = Math.imul(rotate(a ^ Math.imul(word, 0xcc9e2d51), 15) + b, 0x1b873593);
    b = Math.imul(rotate(b ^ Math.imul(word, 0x239b961b), 17) + c, 0xab0e9789);
    c = Math.imul(rotate(c ^ Math.imul(word, 0x38b34ae5), 19) + d, 0xa1e38b93);
    d = Math.imul(rotate(d ^ Math.imul(word, 0x561ccd1b), 13) + a, 0x0bcaa747);
  }
  return [a ^ c, b ^ d, c ^ rotate(b, 7), d ^ rotate(a, 11)].map((n) => finish(n).toString(36)).join('.');
}

const rotate = (n: number, by: number) => (n << by) | (n >>> (32 - by));

/** Spreads the last words over all bits. */
function finish(n: number): number {
  let h = n;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
