/**
 * UTF-8 by hand: this folder also has to run where there is neither TextEncoder nor TextDecoder.
 * A lone surrogate becomes U+FFFD, as it does in every browser's TextEncoder.
 */
export function encodeUtf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    let code = char.codePointAt(0) as number;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return bytes;
}

/**
 * Reads UTF-8. Bytes that form no character go through `broken`, a maximal ill-formed run at a time,
 * so that the default gives what a browser's TextDecoder gives.
 */
export function decodeUtf8(
  bytes: readonly number[],
  broken: (run: readonly number[]) => string = () => '\uFFFD',
): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] as number;
    const [length, low, high] = sequence(lead);
    let size = 1;
    let code = length === 1 ? lead : lead & (0x7f >> length);
    while (size < length) {
      const next = bytes[at + size] ?? -1;
      if (next < (size === 1 ? low : 0x80) || next > (size === 1 ? high : 0xbf)) break;
      code = (code << 6) | (next & 63);
      size++;
    }
    text += size === length ? String.fromCodePoint(code) : broken(bytes.slice(at, at + size));
    at += size;
  }
  return text;
}

/** For a lead byte: how long its sequence is (0: none begins with it), and the range of its second byte. */
function sequence(lead: number): [length: number, low: number, high: number] {
  if (lead < 0x80) return [1, 0, 0];
  if (lead < 0xc2 || lead > 0xf4) return [0, 0, 0];
  if (lead < 0xe0) return [2, 0x80, 0xbf];
  if (lead < 0xf0) return [3, lead === 0xe0 ? 0xa0 : 0x80, lead === 0xed ? 0x9f : 0xbf];
  return [4, lead === 0xf0 ? 0x90 : 0x80, lead === 0xf4 ? 0x8f : 0xbf];
}
