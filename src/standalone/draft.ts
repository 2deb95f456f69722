import { addressOf, columnName, onSheet } from '../workbook/address';
import { shadeOf } from '../workbook/shades';
import type { Cell, ColourScale, Look, NumberBlock, Sheet } from '../workbook/sheet';

/** A rectangle of cells on a sheet: rows counted from 1, columns from 0. */
export interface Place {
  readonly sheet: string;
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
}

/** A part of a place; rows and columns counted from 0 within it. Without counts it reaches to the end. */
export function part(place: Place, row: number, column: number, rows?: number, columns?: number): Place {
  return {
    sheet: place.sheet,
    top: place.top + row,
    left: place.left + column,
    rows: rows ?? place.rows - row,
    columns: columns ?? place.columns - column,
  };
}

/** `C5` or `C5:D9`, without the sheet. */
export function rangeOf({ top, left, rows, columns }: Place): string {
  const [start, end] = [addressOf(top - 1, left), addressOf(top + rows - 2, left + columns - 1)];
  return start === end ? start : `${start}:${end}`;
}

/** A place as formulas of a sheet refer to it, fixed: `$C$5:$D$9`, `'Block 0'!$C$5:$D$9`. */
export function refer(place: Place, from: string): string {
  const cells = rangeOf(place).replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
  return place.sheet === from ? cells : onSheet(place.sheet, cells);
}

/** A place as links name it: its first cell, with the sheet. */
export const linkTo = (place: Place): string => onSheet(place.sheet, addressOf(place.top - 1, place.left));

/** A sheet while it is being put together. */
export class Draft {
  readonly cells: Cell[] = [];
  readonly scales: ColourScale[] = [];
  readonly numbers: NumberBlock[] = [];
  readonly #widths: { from: string; to?: string; width: number }[] = [];
  readonly #heights: Record<number, number> = {};

  constructor(readonly name: string) {}

  /** A column's width in pixels. */
  width(column: number, width: number, to = column): void {
    this.#widths.push({ from: columnName(column), to: columnName(to), width });
  }

  /** A row's height in pixels. */
  height(row: number, height: number): void {
    this.#heights[row] = height;
  }

  /** A cell with a text, a number or a formula. */
  put(row: number, column: number, content: string | number, look?: Look, more: Partial<Cell> = {}): Place {
    this.cells.push({ at: addressOf(row - 1, column), content, ...(look && { look }), ...more });
    return { sheet: this.name, top: row, left: column, rows: 1, columns: 1 };
  }

  /** A text that leads somewhere. */
  link(row: number, column: number, text: string, to: Place, look: Look = 'link'): void {
    this.put(row, column, text, look, { link: linkTo(to) });
  }

  /** One array formula over a whole place. */
  fill(place: Place, formula: string, look: Look, result: Cell['result']): Place {
    const { top, left, rows, columns } = place;
    this.put(top, left, `=${formula}`, look, {
      fills: addressOf(top + rows - 2, left + columns - 1),
      ...(result !== undefined && { result }),
    });
    return place;
  }

  /** Parameters of the model, as plain numbers. */
  weights(place: Place, values: Float32Array): Place {
    this.numbers.push({
      at: addressOf(place.top - 1, place.left),
      columns: place.columns,
      values,
      look: 'weight',
    });
    this.shade(place, 'diverging');
    return place;
  }

  shade(place: Place, shading: 'diverging' | 'sequential', masked = false): void {
    this.scales.push({ ...shadeOf(rangeOf(place), shading), ...(masked && { masked }) });
  }

  at(row: number, column: number, rows = 1, columns = 1): Place {
    return { sheet: this.name, top: row, left: column, rows, columns };
  }

  sheet(frozen: Sheet['frozen'], tab: string, start = 'A1', defaultWidth = 62): Sheet {
    return {
      name: this.name,
      tab,
      columns: this.#widths,
      defaultWidth,
      rowHeights: this.#heights,
      frozen,
      start,
      names: {},
      cells: this.cells,
      numbers: this.numbers,
      areas: [],
      scales: this.scales,
    };
  }
}
