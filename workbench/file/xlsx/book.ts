import type { IWorkbookData } from '@univerjs/presets';
import type { Area } from '../../../src/workbook/address';
import type { Chart } from '../../../src/workbook/sheet';

/** A cell's value: an error by its code. */
export type Value = string | number | boolean | null;

/** Which cells are selected, and on which sheet. */
export interface View {
  /** The name of the sheet. */
  readonly sheet: string;
  /** Such as `B4:C9`. */
  readonly cells: string;
}

/** A workbook as it is open: with the results of its formulas, so that a file can have them, too. */
export interface Book {
  readonly data: IWorkbookData;
  /** What formulas fill, by the id of the sheet. */
  readonly spills: Readonly<Record<string, readonly Filled[]>>;
  readonly view: View | undefined;
}

/** The cells that one formula fills; it stands in the first of them. */
export interface Filled {
  readonly area: Area;
  /** By rows. */
  readonly values: readonly (readonly Value[])[];
}

/** A workbook that was read from a file, without results: they are calculated again. */
export interface Taken {
  readonly data: IWorkbookData;
  readonly view: View | undefined;
  /** Sentences about what the file holds and the workbench does not. */
  readonly leftOut: readonly string[];
}

/** What is kept of a formula that the workbench cannot calculate, in its cell's own field. */
export interface Kept {
  /** As the file has it, with its `=`. */
  readonly formula: string;
  /** The result that the file has; the formula counts as long as the cell still shows it. */
  readonly value: Value;
}

/** Under this name it is among the fields of a cell. */
export const KEPT = 'keptFormula';

/** What a file says of itself to the workbench: what the format has no place for. */
export interface Own {
  readonly version: 1;
  readonly settings: Readonly<Record<string, string>>;
  readonly view?: View;
  /** By the name of the sheet. */
  readonly sheets: Readonly<Record<string, OwnSheet>>;
}

export interface OwnSheet {
  readonly rows: number;
  readonly columns: number;
  /** Of columns and rows that say nothing themselves, in pixels. */
  readonly width: number;
  readonly height: number;
  /** As the workbench describes them; the file has them as charts, too. */
  readonly charts?: readonly Chart[];
}
