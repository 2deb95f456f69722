import { MASKED } from '../gpt2/activations';
import type { Look } from './sheet';

/** How cells look, in terms that every spreadsheet has. Sizes are in points, colours in RGB. */
export interface Style {
  font?: string;
  size: number;
  bold?: boolean;
  italic?: boolean;
  underline?: boolean;
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
  cream: '#FFFBEB',
  green: '#1E7B34',
  gold: '#D9A400',
  straw: '#EBDDA0',
  softBlue: '#6EA3EF',
  softOrange: '#F0A070',
  alarm: '#B3261E',
  white: '#FFFFFF',
} as const;

/** Of the series of charts in files, one after the other. */
export const seriesColours = [
  palette.blue,
  palette.softOrange,
  palette.gold,
  palette.quiet,
  palette.softBlue,
] as const;

const SANS = 'Segoe UI';
const MONO = 'Consolas';

/** Shows a text in quotation marks, so that the space at the start of a token can be seen. The value is unchanged. */
const QUOTED = '"“"@"”"';

/** The same where a 0 stands for a row without a token: nothing is shown. */
const QUOTED_IF_ANY = `;;;${QUOTED}`;

/** Attention scores; what is masked is -1e10, which nobody wants to read. */
const SCORE = '[<-1000000000]"masked";[<0]-0.00;0.00';

const CAPTION = {
  font: SANS,
  size: 10,
  colour: palette.quiet,
  rule: palette.line,
  vertical: 'middle',
} as const;

/** A token's text, beside a row or above a column. */
const TOKEN = { font: MONO, size: 10, colour: palette.ink, align: 'left', vertical: 'middle' } as const;
const TOKEN_ACROSS = { ...TOKEN, rule: palette.line, align: 'center' } as const;

/** What the model says, to be seen first. */
const ANSWER = {
  font: MONO,
  size: 20,
  bold: true,
  colour: palette.blue,
  fill: palette.pale,
  align: 'left',
  vertical: 'middle',
} as const;

/** Numbers that stand by the thousand. */
const FIGURE = { font: SANS, size: 9, align: 'right', vertical: 'middle' } as const;
/** Text to be read from the back of a classroom. */
const READING = { font: SANS, size: 12, colour: palette.ink, align: 'left', wrap: true } as const;

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
  token: { ...TOKEN, format: QUOTED },
  tokenAcross: { ...TOKEN_ACROSS, format: QUOTED },
  spareToken: { ...TOKEN, format: QUOTED_IF_ANY },
  spareTokenAcross: { ...TOKEN_ACROSS, format: QUOTED_IF_ANY },
  position: { font: SANS, size: 10, colour: palette.quiet, align: 'center', vertical: 'middle' },
  id: { font: SANS, size: 11, colour: palette.quiet, align: 'right', vertical: 'middle', format: '0' },
  logit: { font: SANS, size: 11, colour: palette.quiet, align: 'right', vertical: 'middle', format: '0.00' },
  number: { font: SANS, size: 10, colour: palette.ink, align: 'center', vertical: 'middle', format: '0.00' },
  maskedNumber: {
    font: SANS,
    size: 10,
    colour: palette.ink,
    align: 'center',
    vertical: 'middle',
    format: `[<${MASKED / 10}]"·";[<0]-0.00;0.00`,
  },
  probability: {
    font: SANS,
    size: 11,
    colour: palette.ink,
    align: 'right',
    vertical: 'middle',
    format: '0.0%',
  },
  bar: { font: SANS, size: 7, colour: palette.blue, align: 'left', vertical: 'middle' },
  answer: { ...ANSWER, format: QUOTED },
  spareAnswer: { ...ANSWER, format: QUOTED_IF_ANY },
  arrow: { font: SANS, size: 20, colour: palette.quiet, align: 'center', vertical: 'middle' },
  /** A name as the model's table of activations has it. */
  stage: { font: MONO, size: 11, bold: true, colour: palette.ink, align: 'left', vertical: 'middle' },
  linkHeading: { font: SANS, size: 11, bold: true, colour: palette.blue, align: 'left', vertical: 'bottom' },
  head: { font: SANS, size: 11, bold: true, colour: palette.quiet, align: 'left', vertical: 'bottom' },
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
  /** A hint that may take several lines. */
  aside: { font: SANS, size: 10, colour: palette.quiet, align: 'left', vertical: 'middle', wrap: true },
  paragraph: { font: SANS, size: 11, colour: palette.ink, align: 'left', vertical: 'top', wrap: true },
  link: { font: SANS, size: 11, underline: true, colour: palette.blue, align: 'left', vertical: 'middle' },
  linkAtEnd: {
    font: SANS,
    size: 11,
    underline: true,
    colour: palette.blue,
    align: 'right',
    vertical: 'middle',
  },
  warning: { font: SANS, size: 11, bold: true, colour: palette.alarm, align: 'left', vertical: 'middle' },
  text: { font: SANS, size: 11, colour: palette.ink, align: 'left', vertical: 'middle' },
  activation: { ...FIGURE, colour: palette.ink, format: '0.000;-0.000;;@' },
  score: { ...FIGURE, colour: palette.ink, format: `[<${MASKED / 10}]"·";[<0]-0.000;0.000` },
  weight: { ...FIGURE, colour: palette.ink, format: '0.0000' },
  count: { ...FIGURE, colour: palette.ink, format: '0' },
  offer: { ...FIGURE, colour: palette.quiet, format: '[>=1000000000]"–";0' },
  ask: { font: SANS, size: 10, colour: palette.quiet, align: 'right', vertical: 'middle' },
  stepNumber: {
    font: SANS,
    size: 16,
    bold: true,
    colour: palette.blue,
    align: 'center',
    vertical: 'middle',
  },
  /** The number of a step that text from the row's top belongs to. */
  stepLink: {
    font: SANS,
    size: 12,
    bold: true,
    underline: true,
    colour: palette.blue,
    align: 'center',
    vertical: 'top',
  },
  stepTitle: { font: SANS, size: 16, bold: true, colour: palette.ink, align: 'left', vertical: 'middle' },
  goal: { ...READING, fill: palette.pale, vertical: 'middle' },
  body: { ...READING, vertical: 'top' },
  task: { ...READING, bold: true, vertical: 'top' },
  source: { font: SANS, size: 9, colour: palette.quiet, align: 'left', vertical: 'top', wrap: true },
  sourceLink: {
    font: SANS,
    size: 9,
    underline: true,
    colour: palette.quiet,
    align: 'left',
    vertical: 'top',
    wrap: true,
  },
  field: { font: SANS, size: 11, colour: palette.quiet, align: 'left', vertical: 'middle' },
  given: {
    font: SANS,
    size: 12,
    colour: palette.ink,
    fill: palette.pale,
    align: 'left',
    vertical: 'middle',
    wrap: true,
  },
  solution: { font: MONO, size: 10, colour: palette.blue, align: 'left', vertical: 'middle', wrap: true },
  formula: { font: MONO, size: 10, colour: palette.blue, align: 'left', vertical: 'bottom' },
  guess: {
    font: SANS,
    size: 12,
    colour: palette.ink,
    fill: palette.yellow,
    border: palette.gold,
    align: 'left',
    vertical: 'middle',
    wrap: true,
  },
  typed: {
    font: SANS,
    size: 11,
    colour: palette.ink,
    fill: palette.yellow,
    border: palette.gold,
    align: 'center',
    vertical: 'middle',
    wrap: true,
  },
  typedNumber: {
    font: SANS,
    size: 10,
    colour: palette.ink,
    fill: palette.yellow,
    border: palette.gold,
    align: 'center',
    vertical: 'middle',
    format: '0.00',
  },
  room: {
    font: SANS,
    size: 10,
    colour: palette.ink,
    fill: palette.cream,
    align: 'center',
    vertical: 'middle',
    format: '0.00',
  },
  roomOfScores: {
    font: SANS,
    size: 10,
    colour: palette.ink,
    fill: palette.cream,
    align: 'center',
    vertical: 'middle',
    format: SCORE,
  },
  tick: { font: SANS, size: 16, bold: true, colour: palette.green, align: 'center', vertical: 'middle' },
  mark: { font: SANS, size: 10, colour: palette.quiet, align: 'left', vertical: 'middle', wrap: true },
  reveal: {
    font: SANS,
    size: 12,
    colour: palette.blue,
    fill: palette.pale,
    align: 'left',
    vertical: 'middle',
  },
  whole: { font: SANS, size: 11, colour: palette.ink, align: 'right', vertical: 'middle', format: '#,##0' },
  precise: {
    font: SANS,
    size: 10,
    colour: palette.ink,
    align: 'center',
    vertical: 'middle',
    format: '0.0000',
  },
};
