import { randomNumbers } from '../../test/support/random';
import { vocabulary } from './store';

let words: number[] | undefined;

/** Tokens that are one lower-case word with a space before it: their texts, one behind the other, become them again. */
function wordIds(): number[] {
  words ??= Object.entries(vocabulary().vocab)
    .filter(([token]) => /^\u0120[a-z]{3,8}$/.test(token))
    .map(([, id]) => id)
    .sort((a, b) => a - b);
  return words;
}

/** `n` token ids of whole words, others for each `seed`. */
export function promptIds(n: number, seed: number): number[] {
  const ids = wordIds();
  const next = randomNumbers(seed);
  return Array.from({ length: n }, () => ids[Math.floor(next() * ids.length)] as number);
}

/** The text that becomes these ids. */
export function textOf(ids: readonly number[]): string {
  const names = new Map(Object.entries(vocabulary().vocab).map(([token, id]) => [id, token]));
  return ids.map((id) => (names.get(id) as string).replaceAll('\u0120', ' ')).join('');
}
