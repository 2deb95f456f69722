import { addressOf } from '../../src/workbook/address';
import type { Content } from './workbench';

/** Rows of a sheet of the workbench, less some to spare. */
const ROWS = 1990;

/** Places formulas on a sheet, one under another and then in further columns, each with room for what it spills. */
export class Layout {
  /** What to put where. */
  readonly cells: Record<string, Content> = {};
  #row = 0;
  #column = 0;
  #widest = 0;

  constructor(private readonly sheet: string) {}

  /** All that is taken so far. */
  get range(): string {
    return `A1:${addressOf(ROWS - 1, this.#column + this.#widest - 1)}`;
  }

  /** A formula that spills so many rows and columns. @returns their range, such as `A3:F8` */
  spill(rows: number, columns: number, formula: string): string {
    const { row, column, range } = this.#take(rows, columns);
    this.#put(row, column, formula);
    return range;
  }

  /** Cells with contents of their own; undefined leaves one to a spill. @returns their range */
  grid(rows: number, columns: number, content: (row: number, column: number) => Content | undefined): string {
    const { row, column, range } = this.#take(rows, columns);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) this.#put(row + r, column + c, content(r, c));
    }
    return range;
  }

  #take(rows: number, columns: number) {
    if (this.#row + rows > ROWS) {
      this.#column += this.#widest + 1;
      this.#row = 0;
      this.#widest = 0;
    }
    const [row, column] = [this.#row, this.#column];
    this.#row += rows + 1;
    this.#widest = Math.max(this.#widest, columns);
    return {
      row,
      column,
      range: `${addressOf(row, column)}:${addressOf(row + rows - 1, column + columns - 1)}`,
    };
  }

  #put(row: number, column: number, content: Content | undefined): void {
    if (content !== undefined) this.cells[`${this.sheet}!${addressOf(row, column)}`] = content;
  }
}
