import type { CellStyle, Cell as FileCell, WriteSheet } from 'hucre/xlsx';
import { shortest } from '../decimals';
import { area, columnNumber } from '../workbook/address';
import type { Cell, NumberBlock, Sheet } from '../workbook/sheet';
import { chartOf } from './charts';
import { formulaInFile } from './functions';
import { Plane } from './plane';
import { rulesOf } from './scales';
import { rgb, styleOf } from './styles';

/** Sizes on a screen of 96 dots an inch: a point is 4/3 pixels; a column has 7 for each digit, and 5 of padding. */
const POINTS = 0.75;
const charactersWide = (pixels: number) => Math.max(0, (pixels - 5) / 7);

/** A sheet as the file's writer takes it. */
export function fileSheet(sheet: Sheet): WriteSheet {
  const plane = new Plane();
  for (const block of sheet.numbers ?? []) putNumbers(plane, block);
  for (const cell of sheet.cells) putCell(plane, cell);
  for (const { range, look } of sheet.areas) putLook(plane, range, styleOf(look));
  const { frozen, charts = [] } = sheet;
  return {
    name: sheet.name,
    columns: columnsOf(sheet, plane),
    rows: plane.filledRows(),
    cells: plane.cells,
    rowDefs: new Map(
      Object.entries(sheet.rowHeights).map(([row, height]) => [Number(row) - 1, { height: height * POINTS }]),
    ),
    merges: sheet.cells.flatMap(({ at, mergedTo }) => {
      if (!mergedTo) return [];
      const { top, left, bottom, right } = area(`${at}:${mergedTo}`);
      return [{ startRow: top, startCol: left, endRow: bottom, endCol: right }];
    }),
    ...((frozen.rows > 0 || frozen.columns > 0) && { freezePane: frozen }),
    view: { showGridLines: false, ...(sheet.tab && { tabColor: { rgb: rgb(sheet.tab) } }) },
    conditionalRules: sheet.scales.flatMap((scale, place) => rulesOf(scale, 2 * place + 1)),
    ...(charts.length > 0 && { charts: charts.map((chart) => chartOf(chart, sheet.name)) }),
    pageSetup: { paperSize: 'a4', orientation: 'landscape' },
  };
}

function putNumbers(plane: Plane, { at, columns, values, look }: NumberBlock): void {
  const { top, left } = area(at);
  const style = look && styleOf(look);
  values.forEach((value, i) => {
    plane.value(top + Math.floor(i / columns), left + (i % columns), shortest(value), style);
  });
}

function putCell(plane: Plane, cell: Cell): void {
  const { at, content, look, mergedTo, note, link } = cell;
  const { top, left, bottom, right } = area(mergedTo ? `${at}:${mergedTo}` : at);
  const style = look && styleOf(look);
  const formula = typeof content === 'string' && content.startsWith('=') ? content : undefined;
  if (formula !== undefined) putFormula(plane, cell, formula, style);
  else plane.cell(top, left, { value: content, ...(style && { style }) });
  // Every cell of a merged range has borders of its own.
  for (let row = top; style && row <= bottom; row++)
    for (let column = left; column <= right; column++) plane.cell(row, column, { style });
  if (note) plane.cell(top, left, { comment: { author: '', text: note } });
  if (link) plane.cell(top, left, { hyperlink: linkTo(link) });
}

function putFormula(plane: Plane, cell: Cell, formula: string, style: CellStyle | undefined): void {
  const { at, fills, spillsTo, result } = cell;
  const { top, left, bottom, right } = area(`${at}:${fills ?? spillsTo ?? at}`);
  const columns = right - left + 1;
  const valueAt = (i: number) => (typeof result === 'object' ? result[i] : i === 0 ? result : undefined);
  const array: Partial<FileCell> =
    fills || spillsTo
      ? {
          formulaType: 'array',
          formulaRef: `${at}:${fills ?? spillsTo}`,
          ...(spillsTo && { formulaDynamic: true }),
        }
      : {};
  for (let i = 1; i < columns * (bottom - top + 1); i++) {
    const value = valueAt(i);
    const [row, column] = [top + Math.floor(i / columns), left + (i % columns)];
    if (value !== undefined) plane.value(row, column, legible(value), style);
    else if (style) plane.cell(row, column, { style });
  }
  const first = valueAt(0);
  plane.cell(top, left, {
    formula: formulaInFile(formula),
    ...array,
    ...(first !== undefined && { formulaResult: legible(first) }),
    ...(style && { style }),
  });
}

/** Looks of ranges lie under those of single cells. */
function putLook(plane: Plane, range: string, style: CellStyle): void {
  const { top, left, bottom, right } = area(range);
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const key = `${row},${column}`;
      const known = plane.cells.get(key);
      if (known ? !known.style : !plane.has(row, column)) plane.cell(row, column, { style });
    }
  }
}

function columnsOf(sheet: Sheet, plane: Plane): WriteSheet['columns'] {
  const widths = new Map<number, number>();
  for (const { from, to = from, width } of sheet.columns) {
    for (let column = columnNumber(from); column <= columnNumber(to); column++) widths.set(column, width);
  }
  const used = Math.max(
    ...widths.keys(),
    ...sheet.cells.map(({ at }) => area(at).right),
    lastColumn(plane),
    25,
  );
  return Array.from({ length: used + 1 }, (_, column) => {
    const style = plane.columnStyles.get(column);
    return { width: charactersWide(widths.get(column) ?? sheet.defaultWidth), ...(style && { style }) };
  });
}

const lastColumn = (plane: Plane) =>
  plane.rows.reduce((most, row) => Math.max(most, row?.length ?? 0), 0) - 1;

const linkTo = (link: string) =>
  link.startsWith('https:') ? { target: link } : { target: '', location: link };

/** Results are there to be looked at until the file is calculated: nine digits are more than anyone sees. */
const legible = (value: string | number) =>
  typeof value === 'number' ? Number(value.toPrecision(9)) : value;
