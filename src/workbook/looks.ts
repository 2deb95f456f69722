import type { Look } from './sheet';

/** How cells look, in terms that every spreadsheet has. Sizes are in points, colours in RGB. */
export interface Style {
  font?: string;
  size: number;
  bold?: boolean;
  italic?: boolean;
  colour: string;
  fill?: string;
  /** A line all around the cell. */
  border?: string;
  /** A line under the cell. */
  rule?: string;
  align?: 'left' | 'center' | 'right';
  vertical?: 'top' | 'middle' | 'bottom';
  wrap?: boolean;
  /** An Excel number format. */
  format?: string;
}

/** The colours of the project's sheets. One blue for what the model does, one yellow for what you may change. */
export const palette = {
  ink: '#1B1F24',
  quiet: '#5E6773',
  line: '#D5DAE0',
  blue: '#1F5FBF',
  pale: '#EEF3FA',
  yellow: '#FFF4C2',
  gold: '#D9A400',
  straw: '#EBDDA0',
  softBlue: '#6EA3EF',
  softOrange: '#F0A070',
  white: '#FFFFFF',
} as const;

const SANS = 'Segoe UI';
const MONO = 'Consolas';

/** Shows a text in quotation marks, so that the space at the start of a token can be seen. The value is unchanged. */
const QUOTED = '"“"@"”"';

const CAPTION = {
  font: SANS,
  size: 10,
  colour: palette.quiet,
  rule: palette.line,
  vertical: 'middle',
} as const;

export const looks: Readonly<Record<Look, Style>> = {
  title: { font: SANS, size: 20, bold: true, colour: palette.ink, vertical: 'middle' },
  lead: { font: SANS, size: 11, colour: palette.quiet, vertical: 'middle' },
  label: { font: SANS, size: 14, bold: true, colour: palette.ink, vertical: 'middle' },
  heading: { font: SANS, size: 14, bold: true, colour: palette.ink, vertical: 'bottom' },
  explanation: { font: SANS, size: 11, colour: palette.quiet, vertical: 'bottom' },
  caption: { ...CAPTION, align: 'left' },
  captionOfNumbers: { ...CAPTION, align: 'right' },
  captionOfPositions: { ...CAPTION, align: 'center' },
  input: {
    font: SANS,
    size: 14,
    colour: palette.ink,
    fill: palette.yellow,
    border: palette.gold,
    align: 'left',
    vertical: 'middle',
  },
  inputLabel: { font: SANS, size: 11, colour: palette.ink, align: 'center', vertical: 'middle' },
  choice: {
    font: SANS,
    size: 12,
    colour: palette.ink,
    fill: palette.yellow,
    border: palette.gold,
    align: 'center',
    vertical: 'middle',
  },
  token: { font: MONO, size: 10, colour: palette.ink, align: 'left', vertical: 'middle', format: QUOTED },
  tokenAcross: {
    font: MONO,
    size: 10,
    colour: palette.ink,
    rule: palette.line,
    align: 'center',
    vertical: 'middle',
    format: QUOTED,
  },
  position: { font: SANS, size: 10, colour: palette.quiet, align: 'center', vertical: 'middle' },
  id: { font: SANS, size: 11, colour: palette.quiet, align: 'right', vertical: 'middle', format: '0' },
  logit: { font: SANS, size: 11, colour: palette.quiet, align: 'right', vertical: 'middle', format: '0.00' },
  number: { font: SANS, size: 10, colour: palette.ink, align: 'center', vertical: 'middle', format: '0.00' },
  probability: {
    font: SANS,
    size: 11,
    colour: palette.ink,
    align: 'right',
    vertical: 'middle',
    format: '0.0%',
  },
  bar: { font: SANS, size: 7, colour: palette.blue, align: 'left', vertical: 'middle' },
  answer: {
    font: MONO,
    size: 20,
    bold: true,
    colour: palette.blue,
    fill: palette.pale,
    align: 'left',
    vertical: 'middle',
    format: QUOTED,
  },
  arrow: { font: SANS, size: 20, colour: palette.quiet, align: 'center', vertical: 'middle' },
  /** A name as the model's table of activations has it. */
  stage: { font: MONO, size: 11, bold: true, colour: palette.ink, align: 'left', vertical: 'middle' },
  link: { font: SANS, size: 10, colour: palette.blue, align: 'left', vertical: 'middle' },
  linkHeading: { font: SANS, size: 11, bold: true, colour: palette.blue, align: 'left', vertical: 'bottom' },
  head: { font: SANS, size: 11, bold: true, colour: palette.quiet, align: 'left', vertical: 'bottom' },
  score: {
    font: SANS,
    size: 10,
    colour: palette.ink,
    align: 'center',
    vertical: 'middle',
    // What a position may not see is no number to read.
    format: `[<-1000000000]"·";[<0]-0.00;0.00`,
  },
  /** A number that takes another's place. */
  overwrite: {
    font: SANS,
    size: 10,
    bold: true,
    colour: palette.ink,
    fill: palette.yellow,
    border: palette.straw,
    align: 'center',
    vertical: 'middle',
    format: '0.00',
  },
  quiet: { font: SANS, size: 10, colour: palette.quiet, align: 'left', vertical: 'middle' },
  hint: { font: SANS, size: 10, colour: palette.quiet, align: 'left', vertical: 'middle' },
};
