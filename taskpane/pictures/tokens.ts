/** What stands for characters that nobody would see. */
const SIGNS: Readonly<Record<string, string>> = { ' ': '·', '\n': '↵', '\r': '␍', '\t': '⇥' };

/**
 * A token's text with what is invisible in it made visible: `·quick`, `↵`. Signs that have no look of their own,
 * or that turn the direction of the text around them, are written by their number.
 */
export const visible = (token: string): string =>
  token.replace(
    /[\p{Cc}\p{Cf}\p{Z}]/gu,
    (char) =>
      SIGNS[char] ?? `⟨${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
