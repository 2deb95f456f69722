import { writeFileSync } from 'node:fs';

/** Set to the path of a file, the table is written there as well. */
const FILE = process.env.AGREEMENT_TABLE;

/** Figures by row and by column, for people. */
export class AgreementTable {
  readonly #columns: string[] = [];
  readonly #rows = new Map<string, Map<string, string>>();

  /** @param relative 0 shows as "equal" */
  set(row: string, column: string, relative: number): void {
    if (!this.#columns.includes(column)) this.#columns.push(column);
    const cells = this.#rows.get(row) ?? new Map<string, string>();
    cells.set(column, relative === 0 ? 'equal' : relative.toExponential(1));
    this.#rows.set(row, cells);
  }

  /** Prints the table, and writes it to the file that was asked for. */
  publish(heading: string): void {
    const names = [...this.#rows.keys()].sort();
    const wide = Math.max(...names.map((name) => name.length));
    const widths = this.#columns.map((column) => Math.max(column.length, 8));
    const line = (first: string, cells: readonly string[]) =>
      [first.padEnd(wide), ...cells.map((cell, i) => cell.padStart(widths[i] as number))].join('  ');
    const table = [
      heading,
      '',
      line('', this.#columns),
      ...names.map((name) =>
        line(
          name,
          this.#columns.map((column) => this.#rows.get(name)?.get(column) ?? '–'),
        ),
      ),
    ].join('\n');
    console.log(table);
    if (FILE) writeFileSync(FILE, `${table}\n`);
  }
}
