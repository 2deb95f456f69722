import type { Ratio, Times } from './measure';

/** What came of a row. */
export interface Outcome {
  readonly comparisons: readonly Comparison[];
  /** Sentences beside the figures: what was checked, what is missing. */
  readonly notes: readonly string[];
}

/** A figure of ours beside somebody else's, or beside a bound. */
export interface Comparison {
  /** What was measured, where a row has several. */
  readonly what: string;
  readonly unit: 'ms' | 's' | 'KB' | 'MB' | 'passes' | 'dispatches' | 'listeners';
  readonly ours: Times;
  /** Who the other is, where there is one. */
  readonly against?: string;
  readonly theirs?: Times;
  readonly ratio?: Ratio;
  /** What the ratio, or our figure where there is no other, must not be above; missing where it is only reported. */
  readonly atMost?: number;
  readonly holds?: boolean;
  /** The least that this machine allows, in the same unit, and how that was worked out. */
  readonly bound?: { readonly value: number; readonly how: string };
}
