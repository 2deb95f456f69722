import { type Area, area, partsOf, sizeOf } from '../../../src/workbook/address';
import type { FakeChart } from './chart';

export type Content = string | number | boolean;

export interface FakeCell {
  /** A formula with its `=`, or a value; undefined where there is neither. */
  content?: Content | undefined;
  numberFormat: string;
  font: Record<string, unknown>;
  /** Other formats that were set. */
  format: Record<string, unknown>;
  link?: unknown;
  fill?: unknown;
  borders: Record<string, unknown>;
}

export interface FakeFormat {
  id: string;
  kind: string;
  range: string;
  criteria?: unknown;
  rule?: unknown;
  stopIfTrue?: boolean;
}

export interface FakeSheet {
  id: string;
  name: string;
  cells: Map<string, FakeCell>;
  formats: FakeFormat[];
  /** What was set of the sheet itself: `tabColor`, `visibility` and so on. */
  own: Record<string, unknown>;
  /** Names of its own, with their cells. */
  names: Map<string, string>;
  /** By the address of their cell. */
  notes: Map<string, string>;
  merged: Area[];
  charts: FakeChart[];
  /** Widths of columns such as `A:C`, heights of rows such as `2:2`. */
  strips: Record<string, number>;
}

/** Cells of a sheet. */
export interface Place {
  sheet: FakeSheet;
  area: Area;
}

/** What the fake Excel holds, and its rules for cells and sheets. Formulas give what the test says they give, and spill. */
export class FakeBook {
  #ids = 0;
  readonly sheets: FakeSheet[] = [this.sheet('Sheet1')];
  active = this.sheets[0] as FakeSheet;
  selected = 'A1';
  readonly names = new Map<string, string>();
  readonly settings = new Map<string, string>();
  readonly handlers = new Map<string, Set<() => Promise<unknown>>>();

  /** @param results what each formula gives, by rows */
  constructor(private readonly results: Readonly<Record<string, readonly (readonly Content[])[]>> = {}) {}

  id(what = ''): string {
    return `{${what}${this.#ids++}}`;
  }

  sheet(name: string): FakeSheet {
    return {
      id: this.id(`${name} `),
      name,
      cells: new Map(),
      formats: [],
      own: { visibility: 'Visible' },
      names: new Map(),
      notes: new Map(),
      merged: [],
      charts: [],
      strips: {},
    };
  }

  /** Puts something into a cell as a person would. */
  set(address: string, content: Content | undefined): void {
    const { sheet, area: at } = this.at(address);
    this.cellAt(sheet, at.top, at.left).content = content;
  }

  /** What a cell shows. */
  value(address: string): Content {
    const { sheet, area: at } = this.at(address);
    return this.valueAt(sheet, at.top, at.left);
  }

  cell(address: string): FakeCell {
    const { sheet, area: at } = this.at(address);
    return this.cellAt(sheet, at.top, at.left);
  }

  at(address: string): Place {
    const { sheet, cells } = partsOf(address);
    return { sheet: this.sheets.find(({ name }) => name === sheet) ?? this.active, area: area(cells) };
  }

  cellAt(sheet: FakeSheet, row: number, column: number): FakeCell {
    const key = `${row},${column}`;
    const cell = sheet.cells.get(key) ?? {
      numberFormat: 'General',
      font: { name: 'Calibri', bold: false },
      format: {},
      borders: {},
    };
    sheet.cells.set(key, cell);
    return cell;
  }

  /** What fills a cell: the formula's place and all that it fills. */
  spillAt(sheet: FakeSheet, row: number, column: number): { anchor: Area; all: Area } | undefined {
    for (const [key, { content }] of sheet.cells) {
      const rows = typeof content === 'string' ? this.results[content] : undefined;
      const [top = 0, left = 0] = key.split(',').map(Number);
      if (!rows) continue;
      const all = { top, left, bottom: top + rows.length - 1, right: left + (rows[0]?.length ?? 0) - 1 };
      if (row < top || row > all.bottom || column < left || column > all.right) continue;
      const others = [...sheet.cells].filter(([other, each]) => {
        const [r = 0, c = 0] = other.split(',').map(Number);
        const within = r >= top && r <= all.bottom && c >= left && c <= all.right;
        return within && other !== key && each.content !== undefined;
      });
      const anchor = { top, left, bottom: top, right: left };
      return others.length > 0 ? { anchor, all: anchor } : { anchor, all };
    }
    return undefined;
  }

  valueAt(sheet: FakeSheet, row: number, column: number): Content {
    const { content } = this.cellAt(sheet, row, column);
    const spill = this.spillAt(sheet, row, column);
    if (content !== undefined && !String(content).startsWith('=')) return content;
    if (!spill) return '';
    const { anchor, all } = spill;
    const formula = this.cellAt(sheet, anchor.top, anchor.left).content as string;
    const rows = this.results[formula] as readonly (readonly Content[])[];
    if (sizeOf(all).rows * sizeOf(all).columns < rows.length * (rows[0]?.length ?? 0)) return '#SPILL!';
    return rows[row - anchor.top]?.[column - anchor.left] ?? '';
  }

  write(sheet: FakeSheet, row: number, column: number, content: unknown): void {
    const cell = this.cellAt(sheet, row, column);
    if (content === '') cell.content = undefined;
    else if (typeof content === 'string' && content.startsWith("'")) cell.content = content.slice(1);
    // Excel reads what it is given as if it were typed.
    else if (typeof content === 'string' && content.trim() !== '' && !Number.isNaN(Number(content))) {
      cell.content = Number(content);
    } else cell.content = content as Content;
  }

  /** What Excel says to the names of sheets. */
  checkSheetName(name: string, except?: FakeSheet): void {
    const refused =
      name === '' || name.length > 31 || /[\\/?*[\]:]|^'|'$/.test(name) || /^history$/i.test(name);
    if (refused) throw new Error(`InvalidArgument: ${name} is no name for a sheet.`);
    const spelling = name.toLowerCase();
    const taken = this.sheets.some((each) => each !== except && each.name.toLowerCase() === spelling);
    if (taken) throw new Error(`ItemAlreadyExists: ${name} is taken.`);
  }

  /** One sheet must remain that can be seen. */
  mayGo(sheet: FakeSheet): void {
    const others = this.sheets.filter((each) => each !== sheet && each.own.visibility === 'Visible');
    if (others.length === 0) throw new Error('InvalidOperation: it is the last sheet that can be seen.');
    if (this.active === sheet) this.active = others[0] as FakeSheet;
  }

  setOfSheet(sheet: FakeSheet, name: string, value: unknown): void {
    if (name === 'name') {
      this.checkSheetName(String(value), sheet);
      sheet.name = String(value);
    } else if (name === 'position') {
      if (!(Number(value) >= 0 && Number(value) < this.sheets.length)) {
        throw new Error(`InvalidArgument: ${value} is no position.`);
      }
      this.sheets.splice(this.sheets.indexOf(sheet), 1);
      this.sheets.splice(Number(value), 0, sheet);
    } else if (['tabColor', 'visibility', 'showGridlines', 'standardWidth'].includes(name)) {
      if (name === 'visibility' && value !== 'Visible') this.mayGo(sheet);
      sheet.own[name] = value;
    } else throw new Error(`${name} cannot be set.`);
  }
}

/** What Excel says to names for cells. */
export function checkName(name: string, others: readonly string[]): void {
  const refused = !/^[\p{L}_\\][\p{L}\p{N}_.\\]*$/u.test(name) || /^([a-z]{1,3}\d+|[rc])$/i.test(name);
  if (refused) throw new Error(`InvalidArgument: ${name} is no name for cells.`);
  if (others.some((other) => other.toLowerCase() === name.toLowerCase())) {
    throw new Error(`ItemAlreadyExists: ${name} is taken.`);
  }
}
