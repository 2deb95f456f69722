import { shortestRows } from '../../decimals';
import { type Area, addressOfArea, area, columnName, onSheet, partsOf, sizeOf } from '../../workbook/address';
import { looks, palette } from '../../workbook/looks';
import type { Cell, NumberBlock, Sheet } from '../../workbook/sheet';
import { dress, rangeOver } from './cells';
import { has } from './run';
import { addMask, addScale } from './scales';

/** Excel measures in points what sheets give in pixels. */
const POINTS = 0.75;
/** Widths that are not given are counted in digits: one is so many pixels wide, with so many beside all of them. */
const DIGIT = { width: 7, beside: 5 };

/**
 * So many cells are written in one request. Excel on the web refuses requests of more than 5 MB; a cell with its look
 * takes up to 2 KB of it, so that this is a fifth.
 */
const CELLS_AT_ONCE = 500;
/** Of plain numbers, which take some 12 bytes each. */
const NUMBERS_AT_ONCE = 20_000;

/** A part of the work on a sheet that goes to Excel in one request, and of how many cells it consists. */
export interface Part {
  readonly cells: number;
  run(): void;
}

/** Gives a new sheet its sizes, its names, and what stays in view. */
export function frame(sheet: Excel.Worksheet, described: Sheet): void {
  const { tab, columns, defaultWidth, rowHeights, frozen, names } = described;
  if (tab) sheet.tabColor = tab;
  sheet.showGridlines = false;
  sheet.standardWidth = (defaultWidth - DIGIT.beside) / DIGIT.width;
  for (const { from, to = from, width } of columns) {
    sheet.getRange(`${from}:${to}`).format.columnWidth = width * POINTS;
  }
  for (const [row, height] of Object.entries(rowHeights)) {
    sheet.getRange(`${row}:${row}`).format.rowHeight = height * POINTS;
  }
  const { rows, columns: left } = frozen;
  if (rows > 0 && left > 0) sheet.freezePanes.freezeAt(`A1:${columnName(left - 1)}${rows}`);
  else if (rows > 0) sheet.freezePanes.freezeRows(rows);
  else if (left > 0) sheet.freezePanes.freezeColumns(left);
  for (const [name, address] of Object.entries(names)) sheet.names.add(name, sheet.getRange(address));
}

/** What a sheet holds but for formulas: looks, values, notes and links, in parts. */
export function contents(sheet: Excel.Worksheet, described: Sheet): Part[] {
  const values = described.cells.filter((cell) => !isFormula(cell));
  return [
    ...inParts(described.areas, CELLS_AT_ONCE, ({ range, look }) => {
      dress(rangeOver(sheet, area(range)), looks[look], true, sizeOf(area(range)));
    }),
    ...(described.numbers ?? []).flatMap((block) => numbers(sheet, block)),
    ...inParts(values, CELLS_AT_ONCE, (cell) => writeCell(sheet, cell)),
  ];
}

/** The formulas of a sheet, in parts: they come when all sheets are there that they may refer to. */
export function formulas(sheet: Excel.Worksheet, described: Sheet): Part[] {
  return inParts(described.cells.filter(isFormula), CELLS_AT_ONCE, (cell) => writeCell(sheet, cell));
}

/** Gives a sheet its colour scales. */
export function colour(sheet: Excel.Worksheet, scales: Sheet['scales']): void {
  for (const scale of scales) {
    const range = rangeOver(sheet, area(scale.range));
    addScale(range, scale.range, scale);
    if (scale.low.at === undefined) addMask(range);
  }
}

const isFormula = ({ content }: Cell): boolean => typeof content === 'string' && content.startsWith('=');

/**
 * Writes a cell with everything it has. Office.js knows no array formulas of the old kind: what `fills` a range is
 * written as a formula that spills, which comes to the same where its result is of that size.
 */
function writeCell(sheet: Excel.Worksheet, cell: Cell): void {
  const { at, content, look, mergedTo, note, link } = cell;
  const range = sheet.getRange(at);
  // With an apostrophe before it a text stays a text, also when it looks like a number or a date.
  const text = typeof content === 'string' && !isFormula(cell);
  range.formulas = [[text ? `'${content}` : content]];
  const whole = mergedTo ? sheet.getRange(`${at}:${mergedTo}`) : range;
  if (mergedTo) whole.merge(false);
  if (link) range.hyperlink = hyperlink(link, text ? String(content) : undefined);
  // After the link, for Excel gives it a look of its own.
  if (look) dress(whole, looks[look], true, sizeOf(area(`${at}:${mergedTo ?? at}`)));
  if (link) {
    range.format.font.color = palette.blue;
    range.format.font.underline = 'Single';
  }
  if (note && has('notes')) sheet.notes.add(at, note);
}

function hyperlink(link: string, textToDisplay: string | undefined): Excel.RangeHyperlink {
  const words = textToDisplay === undefined ? {} : { textToDisplay };
  if (/^https:\/\//i.test(link)) return { address: link, ...words };
  const { sheet = '', cells } = partsOf(link);
  return { documentReference: sheet ? onSheet(sheet, cells) : cells, ...words };
}

function numbers(sheet: Excel.Worksheet, { at, columns, values, look }: NumberBlock): Part[] {
  const { top, left } = area(at);
  const rows = Math.ceil(values.length / columns);
  const rowsAtOnce = Math.max(1, Math.floor(NUMBERS_AT_ONCE / columns));
  return Array.from({ length: Math.ceil(rows / rowsAtOnce) }, (_, part) => {
    const first = part * rowsAtOnce;
    const count = Math.min(rowsAtOnce, rows - first);
    const within: Area = {
      top: top + first,
      left,
      bottom: top + first + count - 1,
      right: left + columns - 1,
    };
    return {
      cells: count * columns,
      run: () => {
        const range = sheet.getRange(addressOfArea(within));
        range.values = shortestRows(values.subarray(first * columns, (first + count) * columns), columns);
        if (look) dress(range, looks[look], true, sizeOf(within));
      },
    };
  });
}

function inParts<T>(all: readonly T[], atOnce: number, write: (each: T) => void): Part[] {
  return Array.from({ length: Math.ceil(all.length / atOnce) }, (_, part) => {
    const some = all.slice(part * atOnce, (part + 1) * atOnce);
    return { cells: some.length, run: () => some.forEach(write) };
  });
}
