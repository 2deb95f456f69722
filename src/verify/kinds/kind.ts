import type { Shown } from '../api';
import type { Bench } from '../bench';
import type { KindName, Values } from '../values';

/** How to check one kind of published value. */
export interface Kind<V> {
  /** What it is the value of, for people. */
  what(value: V): string;
  expected(value: V): Shown;
  /** The same by the open model. */
  ours(value: V, bench: Bench): Promise<Shown>;
  /** The largest difference that passes; missing where the values must be equal. */
  tolerance?(value: V): number;
  /** Whether a vocabulary is needed. */
  needsText?(value: V): boolean;
  /** Why no model can be checked against it here. */
  never?: string;
}

export type Kinds = { readonly [K in KindName]: Kind<Values[K]> };
