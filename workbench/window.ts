import type { SheetHost } from '../src/host/host';
import type { EarlyEngine } from './engine';
import type { RuntimeBridge } from './runtime/bridge';

/** What one cell holds, for tests and automation. */
export interface CellReading {
  /** Number, text, TRUE/FALSE, or `null` for an empty cell; an error is given by its code. */
  value: string | number | boolean | null;
  /** As the grid shows it. */
  text: string;
  /** The formula, where the cell has one of its own. */
  formula?: string;
  /** `#VALUE!` and the like. */
  error?: string;
  /** What the function says about the error. */
  message?: string;
}

/** How one cell is drawn, for tests. */
export interface CellLook {
  /** `#RRGGBB`, a colour scale's where it has one. */
  fill?: string;
  /** The number format. */
  format?: string;
}

/** The page's own interface: `window.gpt2Workbench`. Addresses may name a sheet (`Tour!B4`). */
export interface Workbench {
  /** Resolves when functions can be called and the first calculation is done; rejects with the reason if not. */
  readonly ready: Promise<void>;
  /** Resolves when nothing is being calculated. */
  settled(): Promise<void>;
  /** Writes what has been changed into the browser's storage, now; resolves when it is there. */
  saved(): Promise<void>;
  /** Puts a value, or a formula with its `=`, into a cell, as if it had been typed. */
  setCell(address: string, content: string | number | boolean | null): void;
  getCell(address: string): CellReading;
  /** A rectangle of cells, by rows. */
  getRange(address: string): CellReading[][];
  /** The values alone, which takes less time where there are thousands. */
  getValues(address: string): CellReading['value'][][];
  lookOf(address: string): CellLook;
  /** The selected cells, such as `Tour!B4:C5`. */
  readonly selection: string;
  select(address: string): void;
  /** What the pane talks to. */
  readonly host: SheetHost;
}

/** What the pane in its frame finds around it, perhaps before there is a spreadsheet: `window.gpt2Wire`. */
export interface PaneWire {
  /** The wire for Microsoft's runtime. */
  readonly bridge: RuntimeBridge;
  /** The spreadsheet, as soon as it is there; rejects where there will be none. */
  readonly host: Promise<SheetHost>;
  /** What the workbook remembers under a key, which is known before there is a spreadsheet. */
  getSetting(key: string): Promise<string | undefined>;
  /** Has the engine's worker, already started. */
  readonly engine: EarlyEngine;
}

export type WorkbenchWindow = Window & { gpt2Workbench?: Workbench; gpt2Wire?: PaneWire };
