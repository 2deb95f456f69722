/** The columns of a lesson, from 0: a margin, numbers of steps, labels, and then the grid of the tables. */
export const NUMBERS = 1;
export const LABELS = 2;
export const FIRST = 3;
/** The last column of the reading width. */
export const LAST = 9;

/** Their widths in pixels. */
export const WIDTHS = { margin: 16, numbers: 44, labels: 152, grid: 84 };

/** How wide so many columns of the grid are. */
export const gridWidth = (columns: number): number => columns * WIDTHS.grid;

/** From the labels to the last column of the reading width. */
export const READING_WIDTH = WIDTHS.labels + gridWidth(LAST - FIRST + 1);

/** Heights of rows in pixels: one of a table, one with something to type, one for a text that may take two lines. */
export const ROW = 24;
export const BAR = 32;
export const TEXT_BAR = 46;
