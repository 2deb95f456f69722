import { MASKED } from '../../gpt2/activations';

/**
 * Keys of one run come in a multiple of this many. ORT's softmax adds up sixteen numbers at a time and then the rest one
 * by one: a row's sum would depend on its width, and so a position's numbers on how many positions follow it.
 */
const STEP = 16;

/** W: how many keys a run over `keys` positions is given, the last of them padding. */
export const paddedKeys = (keys: number): number => Math.ceil(keys / STEP) * STEP;

let nothing = new Float32Array(0);

/** `n` zeros to feed, which nobody may write into: every block of every pass is padded with them. */
export function zeros(n: number): Float32Array {
  if (nothing.length < n) nothing = new Float32Array(n);
  return nothing.subarray(0, n);
}

let last = { tokens: 0, past: 0, width: 0, mask: new Uint8Array(0) };

/**
 * [T, W] of booleans for T positions that follow P others: 1 where the position of the row may look at the position of
 * the column.
 */
export function causalMask(tokens: number, past: number, width = paddedKeys(past + tokens)): Uint8Array {
  if (last.tokens !== tokens || last.past !== past || last.width !== width) {
    const mask = new Uint8Array(tokens * width);
    for (let t = 0; t < tokens; t++) mask.fill(1, t * width, t * width + past + t + 1);
    last = { tokens, past, width, mask }; // all blocks of a forward pass ask for the same
  }
  return last.mask;
}

let lastBounds = { tokens: 0, past: 0, width: 0, bounds: new Float32Array(0) };

/** The same as the largest that each score may be: MASKED where `causalMask` has 0. */
export function causalBounds(tokens: number, past: number, width: number): Float32Array {
  const { tokens: T, past: P, width: W } = lastBounds;
  if (T !== tokens || P !== past || W !== width) {
    const bounds = new Float32Array(tokens * width).fill(MASKED);
    for (let t = 0; t < tokens; t++)
      bounds.fill(Number.POSITIVE_INFINITY, t * width, t * width + past + t + 1);
    lastBounds = { tokens, past, width, bounds };
  }
  return lastBounds.bounds;
}

/** Rows of `width` numbers of which only the first `keys` count → rows of just those. */
export function withoutPadding(values: Float32Array, width: number, keys: number): Float32Array {
  if (width === keys) return values;
  const out = new Float32Array((values.length / width) * keys);
  for (let from = 0, to = 0; from < values.length; from += width, to += keys) {
    out.set(values.subarray(from, from + keys), to);
  }
  return out;
}
