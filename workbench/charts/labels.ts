/** A letter of a label is about so wide, in pixels. */
export const LETTER = 6;

/** Spaces that labels may be broken at: not the one that a token begins with, as in “ girl”. */
const BREAKS = /(?<!“) /;

/**
 * A label in one line or two, each of at most so many letters, broken between words. What does not fit is cut.
 *
 * @param most letters in a line
 */
export function folded(label: string, most: number): string {
  const [first = '', ...words] = label.split(BREAKS);
  const lines = [first];
  for (const word of words) {
    const line = `${lines.at(-1)} ${word}`;
    if (line.length <= most) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  const [top = '', ...rest] = lines;
  return [top, ...(rest.length > 0 ? [rest.join(' ')] : [])].map((line) => cut(line, most)).join('\n');
}

const cut = (line: string, most: number): string =>
  line.length > most ? `${line.slice(0, Math.max(1, most - 1))}…` : line;

/** How wide a label is in pixels, at its widest line. */
export const widthOf = (label: string): number =>
  Math.max(...label.split('\n').map(({ length }) => length)) * LETTER;

/** A point with the text beside it, in pixels. */
export interface Named {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** How high a line of text is, in pixels. */
const LINE = 14;

/** On which side of each point its text stands: on the right, unless another point or its text is there. */
export function sidesOf(points: readonly Named[]): ('left' | 'right')[] {
  return points.map(({ x, y, text }, i) => {
    const taken = points.some(
      (other, j) =>
        j !== i && Math.abs(other.y - y) < LINE && other.x >= x && other.x - x < text.length * LETTER + 16,
    );
    return taken ? 'left' : 'right';
  });
}
