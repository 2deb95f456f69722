/**
 * Sheets that belong together and refer to each other. A book is asked for its sheets with the name that each will
 * really have: the one it wishes for may be taken.
 *
 * @param named The name that a sheet gets, by the one it wishes for; formulas and links that lead to it use it too.
 * @example (named) => [{ name: named('Map'), … cells: [{ at: 'B2', content: 'Tokens', link: `${named('Tokens')}!A1` }] … }]
 */
export type Book = (named: (wish: string) => string) => readonly Sheet[];

/**
 * A sheet as data, so that one description can be drawn in Excel, in the workbench and into an .xlsx file.
 * Everything here exists natively in all three. Addresses are A1 style, without `$`; those on other sheets are named
 * with them, `Map!B2` or `'My map'!B2`.
 */
export interface Sheet {
  name: string;
  /** The colour of its tab. */
  tab?: string;
  /** Widths in pixels; columns not named have `defaultWidth`. */
  columns: readonly { from: string; to?: string; width: number }[];
  defaultWidth: number;
  /** Heights in pixels of rows that are not of the usual height, by row number. */
  rowHeights: Readonly<Record<number, number>>;
  /** Rows and columns that stay in view while the rest scrolls. */
  frozen: { rows: number; columns: number };
  /** The cell that is selected when the sheet opens. */
  start: string;
  /** Names that formulas on this sheet may use instead of addresses; another sheet may have the same for its own cells. */
  names: Readonly<Record<string, string>>;
  cells: readonly Cell[];
  /** Large blocks of numbers, such as weights, that would be wasteful as single cells. */
  numbers?: readonly NumberBlock[];
  /** Looks of whole ranges, under those of single cells. */
  areas: readonly { range: string; look: Look }[];
  scales: readonly ColourScale[];
  charts?: readonly Chart[];
}

/** One cell that holds something of its own. */
export interface Cell {
  at: string;
  /** A text, a number, or a formula with its leading `=`. */
  content: string | number;
  look?: Look;
  /** The last cell of a merged range that starts here. */
  mergedTo?: string;
  /** The last cell that the formula's result may reach. Nothing else may lie between. */
  spillsTo?: string;
  /**
   * The last cell of the range that the formula fills as one array formula, whatever the size of its result: for
   * spreadsheets without dynamic arrays. Not together with `spillsTo`.
   */
  fills?: string;
  /**
   * What the formula gives, for a file that is looked at before it is calculated; of one that fills or spills, a value
   * for each of its cells, by rows. Spreadsheets that calculate at once need none.
   */
  result?: string | number | ArrayLike<string | number>;
  /** A remark that shows when the pointer rests on the cell. */
  note?: string;
  /** Where a click leads: a cell of this workbook, such as `Map!B2`, or an https address. */
  link?: string;
}

/** Numbers side by side, from `at` to the right and down. */
export interface NumberBlock {
  at: string;
  columns: number;
  /** By rows; their count is a multiple of `columns`. Written with the shortest decimals that are the same float32. */
  values: Float32Array;
  look?: Look;
}

/** A chart of cells. See each renderer for what it makes of one. */
export interface Chart {
  kind: 'columns' | 'bars' | 'lines' | 'points';
  title: string;
  /** The cells that it covers, such as `E5:J20`; nothing else lies there. */
  at: string;
  /** The texts, or for points the numbers, along the first axis. */
  categories: string;
  series: readonly { name: string; values: string }[];
  /** The texts beside points, as many as points. Files go without them. */
  names?: string;
  axes?: { across?: string; up?: string };
}

/** Colours by value. With three stops the middle one lies at 0. */
export interface ColourScale {
  range: string;
  low: Stop;
  middle?: string;
  high: Stop;
  /** Both ends lie equally far from 0, as far as the number farthest from it. */
  even?: boolean;
  /** Whether masked scores may be among the numbers, which get no colour. */
  masked?: boolean;
}

/** `at` is a number, or the lowest or highest value of the range when it is left out. */
export interface Stop {
  colour: string;
  at?: number;
}

/** What a cell is for. How that looks is in `looks.ts`. */
export type Look =
  | 'title'
  | 'lead'
  | 'label'
  | 'heading'
  | 'explanation'
  | 'caption'
  | 'captionOfNumbers'
  | 'captionOfPositions'
  | 'input'
  | 'inputLabel'
  | 'choice'
  | 'token'
  | 'tokenAcross'
  | 'spareToken'
  | 'spareTokenAcross'
  | 'position'
  | 'id'
  | 'logit'
  | 'number'
  | 'maskedNumber'
  | 'probability'
  | 'bar'
  | 'answer'
  | 'spareAnswer'
  | 'arrow'
  | 'hint'
  | 'aside'
  | 'paragraph'
  | 'link'
  | 'linkAtEnd'
  | 'warning'
  | 'text'
  | 'activation'
  | 'score'
  | 'weight'
  | 'count'
  | 'offer'
  | 'ask'
  | 'stepNumber'
  | 'stepLink'
  | 'stepTitle'
  | 'goal'
  | 'body'
  | 'task'
  | 'source'
  | 'sourceLink'
  | 'field'
  | 'given'
  | 'formula'
  | 'solution'
  | 'guess'
  | 'typed'
  | 'typedNumber'
  | 'room'
  | 'roomOfScores'
  | 'tick'
  | 'mark'
  | 'reveal'
  | 'whole'
  | 'precise'
  | 'stage'
  | 'linkHeading'
  | 'head'
  | 'overwrite'
  | 'quiet';
