import type { ActivationName } from '../gpt2/activations';
import type { Plan } from './plan';

/** What is known of the cell that somebody asks about. */
export interface Question {
  /** The formula whose spill the cell belongs to, in English with commas, such as `=GPT2.SCORES(A1,0,3)`. */
  readonly formula: string;
  /** The cell's place in the spill, from 0. */
  readonly row: number;
  readonly column: number;
  /** The size of the spill, where the host knows it: a cell outside it is refused. */
  readonly rows?: number;
  readonly columns?: number;
  /** What the cell shows. */
  readonly value?: unknown;
  /** The sheet that the formula is on. If given, formulas to insert name it, so that they hold on any sheet. */
  readonly sheet?: string;
  /**
   * The values of an argument, by rows, as the formula itself gets them.
   * @param argument as it stands in the formula, without spaces around it: `A1`, `'My sheet'!A1:H6`, `"Hello"`, `A1:H6+B1`
   */
  evaluate(argument: string): Promise<unknown[][]> | unknown[][];
}

/** A rectangle in the spill of a formula; row and column from 0. */
export interface Area {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Numbers elsewhere: cells to select if they are on a sheet, or else a formula to insert that shows them. */
export interface Link {
  /** For people, such as `query of 4 “ moves”`. */
  readonly label: string;
  /** With its leading `=`, such as `=GPT2.QUERY(A1,0,3)`. */
  readonly formula: string;
  /** The cells in that formula's spill that are meant. */
  readonly area: Area;
  /** The range or name, where the formula is nothing but a reference: its cells are on a sheet already. */
  readonly reference?: string;
}

/** One number, or several in a row or column, out of which the explained number was made. */
export interface Operand {
  /** As it stands in the line of symbols: `q`, `w`, `bias`. */
  readonly symbol: string;
  /** The same words as its link's. */
  readonly label: string;
  readonly values: readonly number[];
  /** A formula, without its `=`, that shows the values in one column. */
  readonly inColumn: string;
  /** Where the values are. */
  readonly link: Link;
}

/** One step of the calculation, once in symbols and once with the numbers of this cell. */
export interface Line {
  readonly symbols: string;
  readonly numbers: string;
}

/** Operands beside each other, the weightiest first. */
export interface Table {
  readonly caption: string;
  readonly headings: readonly string[];
  readonly rows: readonly TableRow[];
  /** What is not listed, in a sentence; with the sum where there is one. */
  readonly rest?: { readonly label: string; readonly sum?: number };
}

export interface TableRow {
  /** What the row is about: a token, a dimension, a head. Under the first heading. */
  readonly label: string;
  /** A value under each further heading. */
  readonly values: readonly (number | string)[];
  /** Whether this row is the explained cell's own. */
  readonly own?: boolean;
}

/** What a row or a column of a spill stands for. */
export interface Axis {
  readonly kind: 'position' | 'dimension' | 'neuron' | 'vocabulary' | 'rank' | 'row' | 'column' | 'field';
  /** Position, dimension, neuron, token id or rank; ranks from 1, everything else from 0. */
  readonly index: number;
  /** The token there, with its leading space, where there is one and its text is known. */
  readonly token?: string;
  /** For people, such as `query at position 4 “ moves”`. */
  readonly label: string;
}

/** Which number this is. */
export interface Title {
  /** The name of the stage, such as `Attention score`. */
  readonly stage: string;
  /** The formula's name without the namespace, such as `SCORES`. */
  readonly formula: string;
  /** Its name in the table of activations, where it has one. */
  readonly activation?: ActivationName;
  readonly layer?: number;
  readonly head?: number;
  readonly row?: Axis;
  readonly column?: Axis;
  /** Whether the numbers come from a prompt or ids, from cells in the middle of the model, or from plain arithmetic. */
  readonly form: 'prompt' | 'cells' | 'arithmetic' | 'model';
  /** All of this in one line, such as `Layer 0 · head 3 · query at position 4 “ moves” · key at position 2 “ quick”`. */
  readonly line: string;
}

/** The number, as the cell has it and as its operands give it. */
export interface Value {
  /** What the cell shows; where the host did not say, the recomputed value as a cell would show it. */
  readonly shown: number | string;
  /** Computed in float64 from the operands alone. */
  readonly recomputed: number | string;
  /** The distance of the two; missing between texts. */
  readonly difference?: number;
}

/** How one number came about. */
export interface Explanation {
  readonly kind: 'explanation';
  readonly title: Title;
  /** One sentence on what the stage does. */
  readonly about: string;
  readonly value: Value;
  readonly lines: readonly Line[];
  readonly tables: readonly Table[];
  /** What else there is to know about this very number: it is masked, it is the largest of its row. */
  readonly notes: readonly string[];
  /** Everything that the number was computed from; `tables` show the weightiest. */
  readonly operands: readonly Operand[];
  /** Where it comes from. */
  readonly from: readonly Link[];
  /** What reads it next. */
  readonly to: readonly Link[];
  /** The calculation in native formulas, to be laid out with `layOut`. */
  readonly inCells: Plan;
}

/** There is nothing to explain, and why. */
export interface NoExplanation {
  readonly kind: 'none';
  readonly sentence: string;
  /** Calls of ours inside a larger formula, each a formula of its own to try instead. */
  readonly calls: readonly string[];
}

export type Answer = Explanation | NoExplanation;
