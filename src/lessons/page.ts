import { addressOf } from '../workbook/address';
import { looks } from '../workbook/looks';
import { shadeOf } from '../workbook/shades';
import type { Cell, ColourScale, Look } from '../workbook/sheet';
import { readingHeight } from '../workbook/text-height';
import type { Picture, Show } from './lesson';
import type { Place } from './references';
import { FIRST, LABELS, LAST, READING_WIDTH, ROW } from './widths';
import { unbroken } from './wording';

/** What stands around a block of cells, and how it looks. */
export type Framed = Pick<Show, 'key' | 'sides' | 'heads' | 'look' | 'shade'>;

/** A sheet on its way, written from top to bottom. References in its cells are resolved when everything has its place. */
export class Page {
  /** The row that is written next, from 0. */
  row = 0;
  readonly cells: Cell[] = [];
  readonly areas: { range: string; look: Look }[] = [];
  readonly scales: ColourScale[] = [];
  readonly charts: (Picture & { at: string })[] = [];
  readonly heights: Record<number, number> = {};
  readonly places = new Map<string, Place>();
  /** The block that was written last. */
  last: Place = { row: 0, column: FIRST, rows: 0, columns: 0 };

  /** Writes a cell of this row. @param to the column up to which it is merged */
  put(
    column: number,
    content: string | number,
    look?: Look,
    more: { to?: number; link?: string } = {},
  ): void {
    const { to, link } = more;
    this.cells.push({
      at: addressOf(this.row, column),
      content,
      ...(look && { look }),
      ...(to !== undefined && { mergedTo: addressOf(this.row, to) }),
      ...(link && { link }),
    });
  }

  /** Goes on to the next row. @param height of this one, in pixels */
  end(height: number): void {
    this.row++;
    this.heights[this.row] = height;
  }

  /** A paragraph over the reading width, in a row as high as it needs. */
  reading(text: string, look: Look, { more = 0, link }: { more?: number; link?: string } = {}): void {
    const content = unbroken(text.startsWith('=') ? `\u200b${text}` : text);
    this.put(LABELS, content, look, { to: LAST, ...(link && { link }) });
    this.end(readingHeight(content, looks[look], READING_WIDTH) + more);
  }

  /** Notes where a part lies that begins in this row. */
  place(key: string, column: number, rows: number, columns: number): void {
    if (this.places.has(key)) throw new RangeError(`Two parts of this lesson have the key ${key}.`);
    this.places.set(key, { row: this.row, column, rows, columns });
  }

  /** The names of columns and rows around a block that begins in this row, or in the next one if columns have names. */
  frame({ key, sides, heads, look }: Framed, rows: number, columns: number): void {
    if (heads) {
      if (typeof heads === 'string') {
        this.#spill(FIRST, heads, 1, columns, 'tokenAcross');
      } else {
        heads.forEach((head, c) => {
          this.put(FIRST + c, head, headLook(lookAt(look, c)));
        });
      }
      this.end(ROW);
    }
    this.place(key, FIRST, rows, columns);
    if (!sides) return;
    this.place(`${key}Names`, LABELS, rows, 1);
    if (typeof sides === 'string') {
      this.#spill(LABELS, sides, rows, 1, 'token');
    } else {
      sides.forEach((side, r) => {
        this.cells.push({ at: addressOf(this.row + r, LABELS), content: side, look: 'field' });
      });
    }
  }

  /** A formula that fills cells from this row on. */
  spill(formula: string, rows: number, columns: number): void {
    const last = addressOf(this.row + rows - 1, FIRST + columns - 1);
    this.cells.push({
      at: addressOf(this.row, FIRST),
      content: formula,
      ...(rows * columns > 1 && { spillsTo: last }),
    });
  }

  /** The looks and colours of a block that begins in this row, and the rows themselves. */
  body({ look, shade }: Framed, rows: number, columns: number): void {
    if (look === undefined || typeof look === 'string') {
      this.areas.push({ range: this.range(FIRST, rows, columns), look: look ?? 'number' });
    } else {
      for (let c = 0; c < columns; c++) {
        this.areas.push({ range: this.range(FIRST + c, rows, 1), look: lookAt(look, c) ?? 'number' });
      }
    }
    if (shade) this.scales.push(shadeOf(this.range(FIRST, rows, columns), shade));
    this.last = { row: this.row, column: FIRST, rows, columns };
    for (let row = 0; row < rows; row++) this.end(ROW);
    this.end(12);
  }

  /** The address of cells that begin in this row. */
  range(column: number, rows: number, columns: number): string {
    return `${addressOf(this.row, column)}:${addressOf(this.row + rows - 1, column + columns - 1)}`;
  }

  #spill(column: number, content: string, rows: number, columns: number, look: Look): void {
    const spillsTo = addressOf(this.row + rows - 1, column + columns - 1);
    this.areas.push({ range: this.range(column, rows, columns), look });
    this.cells.push({
      at: addressOf(this.row, column),
      content,
      ...(rows * columns > 1 && { spillsTo }),
    });
  }
}

const lookAt = (look: Framed['look'], column: number): Look | undefined =>
  look === undefined || typeof look === 'string' ? look : (look[column] ?? look.at(-1));

/** How the name of a column looks, after what stands in it. */
function headLook(look: Look | undefined): Look {
  const { align } = looks[look ?? 'number'];
  return align === 'right' ? 'captionOfNumbers' : align === 'center' ? 'captionOfPositions' : 'caption';
}
