import type { Ratio, Times } from './measure';

/** What came of a row. */
export interface Outcome {
  readonly comparisons: readonly Comparison[];
  /** Sentences beside the figures: what was checked, what is missing. */
  readonly notes: readonly string[];
  /** What ONNX Runtime's matrix products alone take, attention's among them, beside what must hold. */
  readonly proofs?: readonly Proof[];
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
  /** What else belongs beside their time: how far their logits are from float32's. */
  readonly aside?: string;
  /** Why the other has no figure, or no complete one: what it said when it failed. Then nothing holds against it. */
  readonly failed?: string;
  /** What the ratio, or our figure where there is no other, must not be above; missing where it is only reported. */
  readonly atMost?: number;
  readonly holds?: boolean;
  readonly bound?: Bound;
  /** Whether the table at the top has it although nothing is demanded of it. */
  readonly told?: boolean;
}

/** The least that this machine allows, in the unit of the comparison, and how that was worked out. */
export interface Bound {
  readonly value: number;
  readonly how: string;
}

/**
 * The same matrices, multiplied by ONNX Runtime with nothing of ours around, in turns with what they are compared with.
 * An engine that has ONNX Runtime do this cannot take less.
 */
export interface Proof {
  /** The comparison's `what`. */
  readonly what: string;
  /**
   * How ONNX Runtime has the blocks' matrices: as the engine does, in the order of the file, or in 8 bits; the head's are in float32.
   * `between` is as the engine does, with norms, GELU and softmax between the products.
   */
  readonly kind: 'f32' | 'between' | 'unpacked' | 'q8';
  readonly products: Times;
  readonly against: string;
  readonly theirs: Times;
  /** The products alone over what they are compared with. */
  readonly ratio: Ratio;
  /** Ours, the whole of it, over the products alone. */
  readonly ours: Ratio;
  readonly atMost: number;
  /** Whether the products alone are above what must hold. */
  readonly proved: boolean;
  /** They are, and yet they were not when there was more to do: then nothing is proved. */
  readonly chance?: boolean;
}
