import type { CallableInfo } from './call';

/** A list of names that a parameter takes one of, as functions.json has it. */
export interface CustomEnum {
  readonly id: string;
  readonly values: readonly {
    readonly name: string;
    readonly stringValue: string;
    readonly tooltip?: string;
  }[];
}

/** What functions.json holds. */
export interface Metadata {
  readonly functions: readonly CallableInfo[];
  readonly enums?: readonly CustomEnum[];
}
