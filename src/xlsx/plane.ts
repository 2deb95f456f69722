import type { CellStyle, Cell as FileCell } from 'hucre/xlsx';

/** What a cell of the file holds. */
export type FileValue = string | number;

/**
 * The cells of one sheet as the file's writer wants them. A number that looks as its column does is one entry of a row;
 * everything else is an object of its own, which costs ten times the memory.
 */
export class Plane {
  readonly rows: (FileValue | null)[][] = [];
  readonly cells = new Map<string, Partial<FileCell>>();
  readonly columnStyles = new Map<number, CellStyle>();

  /** Puts a plain value somewhere. The first look in a column becomes the column's. */
  value(row: number, column: number, value: FileValue, style: CellStyle | undefined): void {
    if (style && !this.columnStyles.has(column)) this.columnStyles.set(column, style);
    if (style && this.columnStyles.get(column) === style) this.#row(row)[column] = value;
    else this.cell(row, column, { value, ...(style && { style }) });
  }

  /** Puts or completes a cell with more to it than a value. */
  cell(row: number, column: number, cell: Partial<FileCell>): void {
    const key = `${row},${column}`;
    this.cells.set(key, { ...this.cells.get(key), ...cell });
  }

  has(row: number, column: number): boolean {
    return this.cells.has(`${row},${column}`) || (this.rows[row]?.[column] ?? null) !== null;
  }

  /** The rows without holes, which the writer does not expect. */
  filledRows(): (FileValue | null)[][] {
    return Array.from({ length: this.rows.length }, (_, row) =>
      Array.from(this.rows[row] ?? [], (value) => value ?? null),
    );
  }

  #row(row: number): (FileValue | null)[] {
    this.rows[row] ??= [];
    return this.rows[row] as (FileValue | null)[];
  }
}
