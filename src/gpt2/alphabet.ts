/** Bytes that GPT-2's vocabulary files show as themselves, in the order in which its ids count them. */
const visible: readonly (readonly [number, number])[] = [
  [0x21, 0x7e],
  [0xa1, 0xac],
  [0xae, 0xff],
];

/** GPT-2's vocabulary files are text, so each byte is written as one printable character: byte → character. */
export const BYTE_TO_CHAR: readonly string[] = (() => {
  const chars = new Array<string>(256).fill('');
  for (const [first, last] of visible) {
    for (let byte = first; byte <= last; byte++) chars[byte] = String.fromCharCode(byte);
  }
  let next = 256;
  return chars.map((char) => char || String.fromCharCode(next++));
})();

/** The way back: character → byte. */
export const CHAR_TO_BYTE: ReadonlyMap<string, number> = new Map(
  BYTE_TO_CHAR.map((char, byte) => [char, byte]),
);
