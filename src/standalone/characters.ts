/** What GPT-2's pre-tokens tell characters apart by. */
export const CLASSES = { letter: 1, number: 2, space: 3, other: 4 } as const;
export type CharacterClass = (typeof CLASSES)[keyof typeof CLASSES];

/** From a code point on, up to the next run's first, all characters are of one class. */
export interface Run {
  readonly first: number;
  readonly kind: CharacterClass;
}

const LAST = 0x10ffff;
let runs: readonly Run[] | undefined;

/** The class of one character, by the same properties of Unicode as the tokenizer's. */
export function classOf(codePoint: number): CharacterClass {
  const char = String.fromCodePoint(codePoint);
  if (/\p{L}/u.test(char)) return CLASSES.letter;
  if (/\p{N}/u.test(char)) return CLASSES.number;
  return /\p{White_Space}/u.test(char) ? CLASSES.space : CLASSES.other;
}

/** All of Unicode in runs of one class, from 0 on. It takes a third of a second, once. */
export function characterRuns(): readonly Run[] {
  if (runs) return runs;
  const found: Run[] = [];
  for (let at = 0; at <= LAST; at++) {
    const kind = classOf(at);
    if (found.at(-1)?.kind !== kind) found.push({ first: at, kind });
  }
  runs = found;
  return found;
}
