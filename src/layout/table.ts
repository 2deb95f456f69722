import type { ActivationName } from '../gpt2/activations';
import type { Area } from '../workbook/address';

/** One activation on a sheet: the cells that its formula fills, and the yellow ones that overwrite it. */
export interface Table {
  readonly name: ActivationName;
  readonly layer?: number;
  readonly head?: number;
  readonly sheet: string;
  /** The cell with its name, from where it is seen with its labels. */
  readonly heading: string;
  /** The cell that counts the numbers that are overwritten between the stream and this table, if any may be. */
  readonly before?: string;
  /** All the room that it has; a prompt fills the first T rows, and of a square one the first T columns. */
  readonly area: Area;
  readonly square: boolean;
  /** As many rows, and at most as many columns. */
  readonly yellow: Area;
}
