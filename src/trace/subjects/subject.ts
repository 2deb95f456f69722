import type { Config } from '../../gpt2/config';
import type { Link, Title } from '../explanation';
import type { Calculation } from '../kinds/calculation';
import type { Reader } from '../reader';

/** A call of ours, and the cell of its spill that is asked about. */
export interface Asked {
  readonly reader: Reader;
  readonly config: Config;
  /** Arguments as formulas on any sheet write them; `''` for one that was left out. */
  readonly args: readonly string[];
  /** The place in the spill, from 0. */
  readonly row: number;
  readonly column: number;
  readonly signal?: AbortSignal;
  /** The values of an argument, by rows; null for one that was left out. */
  values(argument: number): Promise<unknown>;
  /** The first value of an argument; null for one that was left out. */
  single(argument: number): Promise<unknown>;
}

/** What the cell turned out to be. */
export interface Subject {
  readonly title: Omit<Title, 'formula' | 'line' | 'stage'>;
  readonly about: string;
  readonly calculation: Calculation;
  /** Links besides those to the operands. */
  readonly from?: readonly Link[];
  readonly to: readonly Link[];
}

/** A cell with no calculation behind it: what it is, in a sentence. */
export interface Plain {
  readonly sentence: string;
}

/** Makes sense of a call. @throws CellError where the formula itself would refuse its arguments */
export type Resolve = (asked: Asked) => Promise<Subject | Plain>;

/** The cell is not where the formula's result is. */
export class OutsideSpill extends Error {
  override name = 'OutsideSpill';

  constructor(
    readonly rows: number,
    readonly columns: number,
  ) {
    super();
  }
}

/** @throws OutsideSpill unless the cell lies in a spill of this size */
export function inside({ row, column }: Pick<Asked, 'row' | 'column'>, rows: number, columns: number): void {
  const whole = Number.isInteger(row) && Number.isInteger(column);
  if (!whole || row < 0 || column < 0 || row >= rows || column >= columns)
    throw new OutsideSpill(rows, columns);
}
