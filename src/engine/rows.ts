import type { ActivationName } from '../gpt2/activations';
import { ACTIVATIONS, MASKED } from '../gpt2/activations';
import { sizeOf } from './affine';
import type { Held } from './backends/held';

/** An activation [.., T, width] from position `from` on: all of it, where `from` is 0. */
export interface Rows {
  readonly values: Float32Array;
  readonly from: number;
}

/** Rows of the residual stream or of ln_final, [R, d_model] from position `from` on, wherever they are. */
export interface Stream {
  readonly values: Float32Array | Held;
  readonly from: number;
}

export const isHere = (stream: Stream | undefined): stream is Rows => stream?.values instanceof Float32Array;

/** All the rows of an activation. */
export const whole = (values: Float32Array): Rows => ({ values, from: 0 });

/** The rows [R, width] from a position on. */
export const rowsFrom = ({ values }: Rows, from: number, width: number): Rows => ({
  values: values.subarray(from * width),
  from,
});

/** Some rows, [R, width], by their positions. */
export function pickRows({ values, from }: Rows, positions: readonly number[], width: number): Float32Array {
  const out = new Float32Array(positions.length * width);
  positions.forEach((position, i) => {
    const at = (position - from) * width;
    out.set(values.subarray(at, at + width), i * width);
  });
  return out;
}

/**
 * An activation whose first rows are those of another prompt that begins alike, and whose others have been computed.
 * @param before the whole activation of the other prompt, [.., T', width or T']
 * @param shape of the whole activation, [.., T, width]
 */
export function follow(
  before: Float32Array,
  { values, from }: Rows,
  shape: readonly number[],
  name: ActivationName,
): Rows {
  const width = shape.at(-1) as number;
  const tokens = shape.at(-2) as number;
  const parts = sizeOf(shape.slice(0, -2)); // heads, or one
  const table: readonly string[] = ACTIVATIONS[name].shape;
  const overKeys = table.at(-1) === 'T';
  const beforeTokens = overKeys ? Math.sqrt(before.length / parts) : before.length / parts / width;
  const beforeWidth = overKeys ? beforeTokens : width;
  const out = new Float32Array(sizeOf(shape));
  if (name === 'attn_scores') out.fill(MASKED); // what a longer prompt adds to the right, the first rows must not see
  const columns = Math.min(width, beforeWidth);
  for (let part = 0; part < parts; part++) {
    for (let row = 0; row < from; row++) {
      const at = (part * beforeTokens + row) * beforeWidth;
      out.set(before.subarray(at, at + columns), (part * tokens + row) * width);
    }
    const rows = (tokens - from) * width;
    out.set(values.subarray(part * rows, (part + 1) * rows), (part * tokens + from) * width);
  }
  return { values: out, from: 0 };
}
