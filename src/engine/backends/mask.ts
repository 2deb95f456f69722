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

/**
 * Makes [T, W] for T positions that follow P others, filled with `seen` where the position of the row may look at the position
 * of the column, and `hidden` elsewhere. The last is remembered: all blocks of a forward pass ask for the same.
 */
function triangle<A extends Uint8Array | Float32Array>(
  make: (size: number) => A,
  seen: number,
  hidden: number,
): (tokens: number, past: number, width?: number) => A {
  let last = { tokens: 0, past: 0, width: 0, values: make(0) };
  return (tokens, past, width = paddedKeys(past + tokens)) => {
    if (last.tokens !== tokens || last.past !== past || last.width !== width) {
      const values = make(tokens * width);
      values.fill(hidden);
      for (let t = 0; t < tokens; t++) values.fill(seen, t * width, t * width + past + t + 1);
      last = { tokens, past, width, values };
    }
    return last.values;
  };
}

/** Booleans: 1 where a position may look. */
export const causalMask = triangle((size) => new Uint8Array(size), 1, 0);

/** The same as the largest that each score may be. */
export const causalBounds = triangle((size) => new Float32Array(size), Number.POSITIVE_INFINITY, MASKED);

/** Rows of `width` numbers of which only the first `keys` count → rows of just those; of a single row the same array, or a part of it. */
export function withoutPadding(values: Float32Array, width: number, keys: number): Float32Array {
  if (width === keys) return values;
  if (values.length === width) return values.subarray(0, keys);
  const out = new Float32Array((values.length / width) * keys);
  for (let from = 0, to = 0; from < values.length; from += width, to += keys) {
    out.set(values.subarray(from, from + keys), to);
  }
  return out;
}
