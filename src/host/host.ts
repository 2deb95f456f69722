import type { Shading } from '../workbook/shades';
import type { Book, Cell } from '../workbook/sheet';

export type { Shading };

/**
 * What the pane asks of the spreadsheet around it. Excel and the workbench each answer in their own way; what a
 * spreadsheet cannot do is left out. Addresses are A1 style, with or without their sheet: `B4`, `Tour!B4:C9`,
 * `'My sheet'!B4`; those given back name it. Everything that fails rejects with a sentence for the user.
 */
export interface SheetHost {
  /** The spreadsheet's name as people know it: `Excel`, `Workbench`; empty when there is none. */
  readonly name: string;

  /**
   * Puts a formula into the selected cell and lets it calculate.
   *
   * @param formula With its leading `=`.
   * @returns The address where it went, such as `Tour!B4`; empty when there is no sheet and it went to the clipboard.
   * @throws Error, with a sentence for the user, when the cell is not empty: nothing is ever overwritten.
   */
  insertFormula(formula: string): Promise<string>;

  /** The address of the selected cell, such as `Tour!B4`. */
  selectedAddress?(): Promise<string>;

  /** Calculates every formula of the add-in again, for instance after another model was chosen. */
  recalculate?(): Promise<void>;

  /** What is selected now, and the formula that fills it. */
  selection?(): Promise<Selection>;

  /**
   * Calls a listener some 150 ms after something else was selected, or after cells were calculated; ask `selection`
   * then. Moving on within that time is one call.
   *
   * @returns Ends it.
   */
  onSelectionChange?(listener: () => void): () => void;

  /** Selects cells, and brings them and their sheet into view. */
  select?(address: string): Promise<void>;

  /**
   * The values in a range that a formula refers to, by rows; blank cells are `null`.
   *
   * @param address Also of a whole spill by its anchor, `A1#`, or a name for cells: one of the sheet given (`Map!prompt`)
   *   or shown before one of the workbook.
   */
  read?(address: string): Promise<CellValue[][]>;

  /** Every formula that stands in a cell of the workbook, sheet by sheet; the cells that one fills are not named. */
  formulas?(): Promise<readonly FormulaCell[]>;

  /**
   * Puts a small block of cells in a free place, never over anything.
   *
   * @param sheet What to call a new sheet for it, numbered if that name is taken. Without it the block goes to the
   *   right of what is selected, one column apart, or else below.
   * @returns Where it went, such as `Tour!E4:G9`.
   * @throws Error naming the cells that are in the way.
   */
  write?(block: Block, sheet?: string): Promise<string>;

  /**
   * Adds sheets to the workbook, behind the selected one, and selects the first. Large ones go in batches; a moment
   * passes between two of them, so that nothing freezes. It can be undone like `write`.
   *
   * @returns The names of the new sheets.
   * @throws SheetsInTheWay (ask `isInTheWay`) when sheets have those names and `taken` does not say what to do: nothing
   *   has been changed
   * @throws an error named AbortError when `signal` is aborted: what had been added is gone again
   */
  insert?(book: Book, options?: InsertOptions): Promise<readonly string[]>;

  /** Colours numbers by their value, and shows two decimals of them. @returns what was coloured */
  shade?(address: string, shading: Shading): Promise<string>;

  /**
   * Puts texts into the column to the left of a range, one for each of its rows, from the first.
   *
   * @returns Where they went.
   * @throws Error when there is no such column, or when something is in it.
   */
  labelRows?(address: string, labels: readonly string[]): Promise<string>;

  /** Puts values in the place of the formula that spills over a range, or of the formula in a cell. @returns where */
  freeze?(address: string): Promise<string>;

  /**
   * Opens a workbook of its own, beside this one.
   *
   * @param bytes of an .xlsx file
   */
  openWorkbook?(bytes: Uint8Array): Promise<void>;

  /** The last of `write`, `insert`, `shade`, `labelRows` and `freeze` that can be undone. */
  lastChange?(): Change | undefined;

  /**
   * Puts back exactly what was there before the last change, formulas too.
   *
   * @param regardless Also when cells hold something else by now than what the change put there.
   * @returns What was undone, or, when `changed` has addresses, what was left as it is because of them.
   * @throws Error when there is nothing to undo.
   */
  undoLast?(regardless?: boolean): Promise<Undone>;

  /** What the workbook remembers under a key, as it was set with `setSetting`. */
  getSetting?(key: string): Promise<string | undefined>;

  /** Has the workbook remember a text under a key, also when it is saved; `undefined` forgets it. */
  setSetting?(key: string, value: string | undefined): Promise<void>;
}

/** What a cell holds; an error as its code, such as `#VALUE!`. */
export type CellValue = string | number | boolean | null;

/** A cell with a formula of its own. */
export interface FormulaCell {
  /** Such as `Tour!B4`. */
  readonly address: string;
  /** In English, with commas, and its `=`. */
  readonly formula: string;
}

/** The selected cells. What is said of one cell is said of the active one. */
export interface Selection {
  /** The active cell, such as `Tour!B4`. */
  readonly address: string;
  /** Everything that is selected, such as `Tour!B4:C9`; without several cells the same as `address`. */
  readonly range: string;
  readonly value: CellValue;
  /** As the spreadsheet shows it. */
  readonly text: string;
  /** The cell's own formula, in English with commas. */
  readonly formula?: string;
  /** The result that the cell is a part of, where a formula fills several cells. */
  readonly spill?: Spill;
}

/** A formula whose result fills several cells. */
export interface Spill {
  /** The cell that holds the formula. */
  readonly anchor: string;
  /** In English, with commas, and its `=`. */
  readonly formula: string;
  /** All the cells that it fills. */
  readonly address: string;
  readonly rows: number;
  readonly columns: number;
  /** Where in it the selected cell lies, from 0. */
  readonly row: number;
  readonly column: number;
}

/**
 * Cells to be written wherever there is room, as if the block began at A1: it is asked for its cells with the final
 * address of each.
 *
 * @param at Where a cell of the block comes to lie, for the formulas that refer to it: `at('B2')` → `F7`. The `at` of
 *   the cells themselves stays as in the block.
 * @example (at) => [{ at: 'A1', content: 2 }, { at: 'B1', content: `=${at('A1')}*2` }]
 */
export type Block = (at: (address: string) => string) => readonly Omit<Cell, 'mergedTo'>[];

/** How sheets are inserted. */
export interface InsertOptions {
  /**
   * What becomes of sheets whose names are taken: they get numbered names, or take the place of those that are there,
   * which come back when it is undone. Excel keeps these until then, hidden and under other names.
   */
  readonly taken?: 'rename' | 'replace';
  /** @param fraction from 0 to 1 @param sheet the one that is being written */
  readonly onProgress?: (fraction: number, sheet: string) => void;
  readonly signal?: AbortSignal;
}

/** Something that the pane did to the sheet. */
export interface Change {
  readonly kind: 'write' | 'insert' | 'shade' | 'labelRows' | 'freeze';
  /** The cells concerned, such as `Tour!B4:C9`. */
  readonly address: string;
}

/** What came of undoing. */
export interface Undone extends Change {
  /** Cells that somebody changed since. If there are any and undoing was not asked for regardless, nothing was undone. */
  readonly changed: readonly string[];
}
