import { writeFileSync } from 'node:fs';

/** Set to the path of a file, the table is written there as well. */
const FILE = process.env.AGREEMENT_TABLE;

/** What a column is about: a model, and what ran it. */
type Column = readonly [model: string, backend: string];

/** Figures by row and by column, for people. */
export class AgreementTable {
  readonly #columns = new Map<string, Column>();
  readonly #rows = new Map<string, Map<string, string>>();

  /** @param relative 0 shows as "equal" */
  set(row: string, column: Column, relative: number): void {
    const key = column.join(' ');
    this.#columns.set(key, column);
    const cells = this.#rows.get(row) ?? new Map<string, string>();
    cells.set(key, relative === 0 ? 'equal' : relative.toExponential(1));
    this.#rows.set(row, cells);
  }

  /** Prints the table, and writes it to the file that was asked for. */
  publish(heading: string): void {
    const columns = [...this.#columns];
    const names = [...this.#rows.keys()].sort();
    const wide = Math.max(0, ...names.map((name) => name.length));
    const widths = columns.map(([, column]) => Math.max(...column.map((word) => word.length)));
    const line = (first: string, cells: readonly string[]) =>
      [first.padEnd(wide), ...cells.map((cell, i) => cell.padStart(widths[i] as number))].join('  ');
    const rows = names.map((name) =>
      line(
        name,
        columns.map(([key]) => this.#rows.get(name)?.get(key) ?? '–'),
      ),
    );
    const heads = [0, 1].map((at) =>
      line(
        '',
        columns.map(([, column]) => column[at] as string),
      ),
    );
    const table = [heading, '', ...heads, ...rows].join('\n');
    console.log(table);
    if (FILE) writeFileSync(FILE, `${table}\n`);
  }
}
