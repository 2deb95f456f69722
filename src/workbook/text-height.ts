/** Widths of letters as parts of the font's size, in DejaVu Sans: the widest of the fonts that sheets are drawn with. */
const WIDTHS: readonly (readonly [letters: string, width: number])[] = [
  ["ijl|'’‘", 0.28],
  ['IJ', 0.3],
  [' .,:;/\\', 0.34],
  ['ft()[]-!', 0.4],
  ['r"“”', 0.52],
  ['sz?_', 0.54],
  ['ckvxy', 0.59],
  ['abdeghnopquLTFSZ0123456789', 0.64],
  ['ABCEKPRUVXY', 0.7],
  ['DGHNOQ&', 0.79],
  ['w√+=<>−×≈~^#', 0.84],
  ['M', 0.87],
  ['m%@W→←…', 1],
];
const WIDTH_OF = new Map(WIDTHS.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width])));
/** Of any other. */
const USUAL = 0.64;

const widthOf = (letter: string): number => WIDTH_OF.get(letter) ?? USUAL;

/** Pixels in a point. */
const PIXELS = 4 / 3;

/** How wide a text is, in pixels, in a font of so many points. */
export const textWidth = (text: string, points: number): number =>
  [...text].reduce((sum, letter) => sum + widthOf(letter), 0) * points * PIXELS;

/** How many lines a text takes, broken between words. */
export function linesOf(text: string, points: number, width: number): number {
  return text.split('\n').reduce((lines, paragraph) => lines + linesOfParagraph(paragraph, points, width), 0);
}

function linesOfParagraph(text: string, points: number, width: number): number {
  const space = textWidth(' ', points);
  let lines = 1;
  let used = 0;
  for (const word of text.split(' ')) {
    const wide = textWidth(word, points);
    if (used > 0 && used + space + wide > width) {
      lines++;
      used = 0;
    }
    used += (used > 0 ? space : 0) + wide;
    // A word wider than the cell is broken where the cell ends.
    lines += Math.max(0, Math.ceil(used / width) - 1);
    if (used > width) used %= width;
  }
  return lines;
}

/** The height, in pixels, of a row that shows a whole text in a cell of some width. */
export const heightOf = (text: string, points: number, width: number): number =>
  Math.ceil(linesOf(text, points, width - 10) * points * PIXELS * 1.38) + 8;

/** How much wider bold letters are. */
const BOLD = 1.17;

/** The same in one of the sheets' looks; bold letters are wider. */
export const readingHeight = (
  text: string,
  { size, bold }: { readonly size: number; readonly bold?: boolean },
  width: number,
): number => heightOf(text, bold ? size * BOLD : size, width);
