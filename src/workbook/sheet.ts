/**
 * A sheet as data, so that one description can be drawn in Excel, in the workbench and into an .xlsx file.
 * Everything here exists natively in all three. Addresses are A1 style, without `$`.
 */
export interface Sheet {
  name: string;
  /** Widths in pixels; columns not named have `defaultWidth`. */
  columns: readonly { from: string; to?: string; width: number }[];
  defaultWidth: number;
  /** Heights in pixels of rows that are not of the usual height, by row number. */
  rowHeights: Readonly<Record<number, number>>;
  /** Rows and columns that stay in view while the rest scrolls. */
  frozen: { rows: number; columns: number };
  /** The cell that is selected when the sheet opens. */
  start: string;
  /** Names that formulas may use instead of addresses. */
  names: Readonly<Record<string, string>>;
  cells: readonly Cell[];
  /** Looks of whole ranges, under those of single cells. */
  areas: readonly { range: string; look: Look }[];
  scales: readonly ColourScale[];
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
}

/** Colours by value. With three stops the middle one lies at 0. */
export interface ColourScale {
  range: string;
  low: Stop;
  middle?: string;
  high: Stop;
  /** Both ends lie equally far from 0, as far as the number farthest from it. */
  even?: boolean;
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
  | 'position'
  | 'id'
  | 'logit'
  | 'number'
  | 'probability'
  | 'bar'
  | 'answer'
  | 'arrow'
  | 'hint';
