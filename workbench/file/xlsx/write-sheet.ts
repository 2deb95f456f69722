import type { ICellData, IStyleData, IWorkbookData, IWorksheetData } from '@univerjs/presets';
import type { Cell, CellStyle, WriteSheet } from 'hucre';
import { addressOfArea, area, columnName } from '../../../src/workbook/address';
import type { Chart, ColourScale } from '../../../src/workbook/sheet';
import { type Filled, KEPT, type Kept, type Value } from './book';
import { chartsForFile } from './charts';
import { callsOurs, formulaForFile, mayFill } from './formula';
import { marksForFile } from './marks';
import { scalesForFile } from './scales';
import { rgbForFile, styleForFile } from './style';
import { errorOf, valueIn } from './values';

/** In pixels, as Univer has them where a sheet says nothing. */
export const [DEFAULT_WIDTH, DEFAULT_HEIGHT] = [88, 24];
/** The longest text that the format allows in a cell. */
export const LONGEST_TEXT = 32_767;
const PIXELS_PER_CHARACTER = 7;
const POINTS_PER_PIXEL = 0.75;

export const widthForFile = (pixels: number) => pixels / PIXELS_PER_CHARACTER;
export const widthFromFile = (characters: number) => Math.round(characters * PIXELS_PER_CHARACTER);
export const heightForFile = (pixels: number) => pixels * POINTS_PER_PIXEL;
export const heightFromFile = (points: number) => Math.round(points / POINTS_PER_PIXEL);

/** One sheet for the library that writes. @param valuesAlone whether results take the place of the add-in's formulas */
export function writeSheet(
  data: IWorkbookData,
  sheet: Partial<IWorksheetData>,
  spills: readonly Filled[],
  valuesAlone: boolean,
): WriteSheet {
  const cells = new Map<string, Partial<Cell>>();
  const values = new Map<string, Value>();
  const styleOf = styles(data);
  const sharedFormulas = sharedIn(sheet);

  for (const [r, c, cell] of cellsOf(sheet)) {
    const style = styleOf(cell.s);
    const held = cell.f ?? (cell.si && sharedFormulas.get(cell.si)?.(r, c));
    const formula = held && !(valuesAlone && callsOurs(held)) ? held : undefined;
    const value = valueIn(cell);
    if (value !== null) values.set(`${r},${c}`, value);
    const written = {
      ...(formula ? formulaCell(formula, value, r, c) : valueCell(cell, value)),
      ...marksForFile(cell),
    };
    if (style || Object.keys(written).length > 0)
      cells.set(`${r},${c}`, { ...written, ...(style && { style }) });
  }
  for (const { area: filled, values: rows } of spills) {
    rows.forEach((row, i) => {
      row.forEach((value, j) => {
        const key = `${filled.top + i},${filled.left + j}`;
        const there = cells.get(key);
        values.set(key, value);
        if (i === 0 && j === 0) {
          if (there?.formula !== undefined)
            cells.set(key, { ...there, ...dynamic(addressOfArea(filled)), ...resultOf(value) });
        } else if (value !== null) cells.set(key, { ...there, value: errorOf(value) ?? writable(value) });
      });
    });
  }

  const { freeze, showGridlines, tabColor, mergeData = [], hidden } = sheet;
  const rgb = rgbForFile(tabColor);
  const scales = (sheet.custom?.colourScales as readonly ColourScale[] | undefined) ?? [];
  return {
    name: sheet.name ?? '',
    // The library writes no row behind the last of these, whatever its height.
    rows: Array.from({ length: 1 + Math.max(-1, ...Object.keys(sheet.rowData ?? {}).map(Number)) }, () => []),
    cells,
    columns: columnsOf(sheet),
    rowDefs: new Map(
      Object.entries(sheet.rowData ?? {}).flatMap(([row, given]) => {
        const height = given?.ia === 0 || given?.ah === undefined ? given?.h : given.ah;
        const shown = {
          ...(height && { height: heightForFile(height) }),
          ...(given?.hd === 1 && { hidden: true }),
        };
        return Object.keys(shown).length > 0 ? [[Number(row), shown] as const] : [];
      }),
    ),
    merges: mergeData.map(({ startRow, startColumn, endRow, endColumn }) => ({
      startRow,
      startCol: startColumn,
      endRow,
      endCol: endColumn,
    })),
    charts: chartsForFile(sheet.name ?? '', (sheet.custom?.charts as readonly Chart[] | undefined) ?? []),
    conditionalRules: scalesForFile(scales, (row, column) => values.get(`${row},${column}`)),
    ...(freeze && (freeze.ySplit > 0 || freeze.xSplit > 0)
      ? { freezePane: { rows: freeze.ySplit, columns: freeze.xSplit } }
      : {}),
    view: { showGridLines: showGridlines !== 0, ...(rgb && { tabColor: { rgb } }) },
    ...(hidden === 1 && { hidden: true }),
  };
}

function formulaCell(formula: string, value: Value, row: number, column: number): Partial<Cell> {
  const one = { top: row, left: column, bottom: row, right: column };
  return {
    formula: formulaForFile(formula),
    ...(mayFill(formula) && dynamic(addressOfArea(one))),
    ...resultOf(value),
  };
}

function valueCell(cell: ICellData, value: Value): Partial<Cell> {
  const kept = cell.custom?.[KEPT] as Kept | undefined;
  // Somebody may have written something else over it since.
  if (kept && kept.value === value) return { formula: kept.formula.replace(/^=/, ''), ...resultOf(value) };
  return value === null ? {} : { value: cell.t ? writable(value) : (errorOf(value) ?? writable(value)) };
}

/** A formula whose result may have any size, which is what the grid's formulas are. */
const dynamic = (ref: string): Partial<Cell> => ({
  formulaType: 'array',
  formulaDynamic: true,
  formulaRef: ref,
});

const resultOf = (value: Value): Partial<Cell> =>
  value === null ? {} : { formulaResult: errorOf(value) ?? writable(value) };

/** A value as the format takes it: `_x0041_` stands for a letter there, and must be escaped where it stands for itself. */
const writable = (value: Value): Value =>
  typeof value === 'string' ? value.slice(0, LONGEST_TEXT).replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_') : value;

/** The styles of a workbook, each converted once. */
function styles(data: IWorkbookData): (style: ICellData['s']) => CellStyle | undefined {
  const known = new Map<string | IStyleData, CellStyle>();
  return (style) => {
    if (!style) return undefined;
    const found =
      known.get(style) ?? styleForFile((typeof style === 'string' ? data.styles[style] : style) ?? {});
    known.set(style, found);
    return Object.keys(found).length > 0 ? found : undefined;
  };
}

/** Formulas that were filled down: the first has the text, the others the same with its references moved along. */
function sharedIn(sheet: Partial<IWorksheetData>): Map<string, (row: number, column: number) => string> {
  const found = new Map<string, (row: number, column: number) => string>();
  for (const [r, c, cell] of cellsOf(sheet)) {
    if (cell.f && cell.si) {
      const formula = cell.f;
      found.set(cell.si, (row, column) => moved(formula, row - r, column - c));
    }
  }
  return found;
}

/** A formula with its relative references moved. */
export function moved(formula: string, rows: number, columns: number): string {
  const pieces =
    /"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}_\\][\p{L}\p{N}_.\\]*(?=\s*[(!])|(?<![\p{L}\p{N}_.$])(\$?)([A-Z]{1,3})(\$?)([1-9]\d*)(?![\p{L}\p{N}_.(])/giu;
  return formula.replace(
    pieces,
    (piece, fixedColumn?: string, letters?: string, fixedRow?: string, digits?: string) => {
      if (!letters || !digits) return piece;
      const column = columnNumberOf(letters) + (fixedColumn ? 0 : columns);
      const row = Number(digits) + (fixedRow ? 0 : rows);
      return column < 0 || row < 1 ? '#REF!' : `${fixedColumn}${columnName(column)}${fixedRow}${row}`;
    },
  );
}

const columnNumberOf = (letters: string) => area(`${letters.toUpperCase()}1`).left;

function columnsOf(sheet: Partial<IWorksheetData>): NonNullable<WriteSheet['columns']> {
  const given = Object.entries(sheet.columnData ?? {}).filter(([, column]) => column?.w || column?.hd === 1);
  const count = Math.max(0, ...given.map(([column]) => Number(column) + 1));
  return Array.from({ length: count }, (_, column) => {
    const { w, hd } = sheet.columnData?.[column] ?? {};
    return { ...(w && { width: widthForFile(w) }), ...(hd === 1 && { hidden: true }) };
  });
}

function* cellsOf(sheet: Partial<IWorksheetData>): Generator<[row: number, column: number, cell: ICellData]> {
  for (const [row, columns] of Object.entries(sheet.cellData ?? {})) {
    for (const [column, cell] of Object.entries(columns ?? {})) {
      if (cell) yield [Number(row), Number(column), cell as ICellData];
    }
  }
}
