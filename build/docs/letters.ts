import { ACTIVATIONS, type Dim, dimension } from '../../src/gpt2/activations';
import type { Config } from '../../src/gpt2/config';
import { code, escaped } from './html';
import { strings } from './strings';

const isDim = (letter: string): letter is Dim => letter in strings.dims;

/**
 * What letters of shapes stand for, and how many that is.
 * @param sizes what the letters are in an example; of the model's own letters the embedded model knows the others
 */
export function letterTable(
  letters: readonly string[],
  config: Config,
  sizes: ReadonlyMap<string, number> = new Map(),
): string {
  const words = strings.letters;
  const rows = letters.map((letter) => {
    const known =
      sizes.get(letter) ?? (isDim(letter) && letter !== 'T' ? dimension(letter, config, 0) : undefined);
    const here = known?.toLocaleString(strings.locale) ?? words.any;
    return `<tr><th scope="row">${code(letter)}</th><td>${escaped(meaningOf(letter))}</td><td class="number">${here}</td></tr>`;
  });
  if (rows.length === 0) return '';
  return `<table class="letters">
<thead><tr><th scope="col">${words.letter}</th><th scope="col">${words.meaning}</th><th scope="col" class="number">${words.here}</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table>`;
}

/** @throws Error naming a letter that nobody has explained */
function meaningOf(letter: string): string {
  const meaning = isDim(letter) ? strings.dims[letter] : strings.sizes[letter];
  if (meaning === undefined) throw new Error(`build/docs/strings.ts does not say what ${letter} is.`);
  return meaning;
}

/** The letters of some shapes, each once. */
export const lettersOf = (shapes: readonly (readonly string[])[]): string[] => [
  ...new Set(shapes.flat().flatMap((part) => part.match(/[A-Za-z_]+/g) ?? [])),
];

/** What the letters of a shape are in numbers; a part like "n + 1" is left to its own letter. */
export const sizesOf = (shape: readonly string[], size: readonly number[]): Map<string, number> =>
  new Map(
    shape.map((part, i) => {
      const [letter = part, plus = '0'] = part.split(' + ');
      return [letter, (size[i] as number) - Number(plus)];
    }),
  );

/** "T × d_model" */
export const times = (shape: readonly (string | number)[]): string => shape.join(' × ');

/** All letters of the table of activations. */
export const MODEL_LETTERS: readonly string[] = lettersOf(
  Object.values(ACTIVATIONS).map(({ shape }) => shape),
);
