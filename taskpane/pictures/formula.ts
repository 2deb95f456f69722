import { NAMESPACE } from '../../src/namespace';
import { words } from './strings';

/** A prompt as text, and the cell that it came from, if it did. */
export interface Typed {
  readonly text: string;
  readonly address?: string;
}

/** The same; for a model without a vocabulary, as token ids. */
export type Source = Typed | { readonly ids: readonly number[]; readonly address?: string };

/** Excel's own limits, in characters: of a text between quotes, and of a whole formula. */
const LONGEST_LITERAL = 255;
const LONGEST_FORMULA = 8192;

/**
 * A text as a formula writes it: quotes doubled, and in pieces joined by `&` where it is longer than Excel takes
 * in one. Control characters, line breaks among them, become `CHAR(…)`, which no editor of formulas loses.
 */
export function literal(text: string): string {
  const parts: string[] = [];
  let piece = '';
  const close = () => {
    if (piece !== '') parts.push(`"${piece}"`);
    piece = '';
  };
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (code > 0 && code < 32) {
      close();
      parts.push(`CHAR(${code})`);
      continue;
    }
    const written = char === '"' ? '""' : char;
    if (piece.length + written.length > LONGEST_LITERAL) close();
    piece += written;
  }
  close();
  return parts.join('&') || '""';
}

/**
 * A whole formula, with its `=`, over a prompt: `=GPT2.ATTN("Mike", 0, 3)`.
 * @param rest the other arguments; texts among them are in their quotes already
 * @throws Error with a sentence when it would be longer than Excel takes
 */
export function formulaOf(name: string, source: Source, ...rest: readonly (number | string)[]): string {
  const prompt = source.address ?? ('ids' in source ? `{${source.ids.join(';')}}` : literal(source.text));
  const formula = `=${NAMESPACE}.${name}(${[prompt, ...rest].join(', ')})`;
  if (formula.length > LONGEST_FORMULA)
    throw new Error(words.insert.tooLong(formula.length, LONGEST_FORMULA));
  return formula;
}
