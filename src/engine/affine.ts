import type { Tensor } from './api';
import type { Affine } from './backends/backend';

/** How many numbers a shape holds. */
export const sizeOf = (dims: readonly number[]): number => dims.reduce((product, n) => product * n, 1);

/** Whether an array of `dims` stretches over `shape`: counted from the end, each dimension is the same or 1. */
export const broadcasts = (dims: readonly number[], shape: readonly number[]): boolean =>
  dims.length <= shape.length && dims.every((n, i) => n === 1 || n === shape[shape.length - dims.length + i]);

/** The same numbers with dimensions of 1 in front, up to `rank`. */
export const withRank = ({ dims, data }: Tensor, rank: number): Tensor => ({
  dims: [...Array<number>(rank - dims.length).fill(1), ...dims],
  data,
});

/** Stretches a tensor, of the same rank as `shape`, over `shape`. */
export function expand({ dims, data }: Tensor, shape: readonly number[]): Float32Array {
  if (dims.every((n, i) => n === shape[i])) return data;
  const out = new Float32Array(sizeOf(shape));
  if (data.length === 1) return out.fill(data[0] as number);
  const steps = dims.map((n, i) => (n === 1 ? 0 : sizeOf(dims.slice(i + 1)))); // 0 repeats the dimension
  for (let i = 0; i < out.length; i++) {
    let rest = i;
    let from = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const n = shape[axis] as number;
      from += (rest % n) * (steps[axis] as number);
      rest = Math.floor(rest / n);
    }
    out[i] = data[from] as number;
  }
  return out;
}

/** A tensor whose rows stretch over `keys` numbers, as one whose rows have `width`, the last of them `neutral`. */
export function withPadding({ dims, data }: Tensor, keys: number, width: number, neutral: number): Tensor {
  const own = dims.at(-1) as number; // `keys`, or 1 for all of them
  const rows = data.length / own;
  const out = new Float32Array(rows * width).fill(neutral);
  for (let row = 0; row < rows; row++) {
    for (let key = 0; key < keys; key++) {
      out[row * width + key] = data[row * own + (own === 1 ? 0 : key)] as number;
    }
  }
  return { dims: [...dims.slice(0, -1), width], data: out };
}

/** values · scale + bias, in place. `values` has the shape `shape`, over which both stretch. */
export function applyAffine(values: Float32Array, shape: readonly number[], { scale, bias }: Affine): void {
  const factor = expand(scale, shape);
  const term = expand(bias, shape);
  for (let i = 0; i < values.length; i++) {
    values[i] = (values[i] as number) * (factor[i] as number) + (term[i] as number);
  }
}

/** Rows [from, to) of an edit whose first dimension counts rows, or is 1 and serves them all. */
export function affineRows({ scale, bias }: Affine, from: number, to: number): Affine {
  const rows = (t: Tensor): Tensor => {
    if (t.dims[0] === 1) return t;
    const width = sizeOf(t.dims.slice(1));
    return { dims: [to - from, ...t.dims.slice(1)], data: t.data.subarray(from * width, to * width) };
  };
  return { scale: rows(scale), bias: rows(bias) };
}

const ONE: Tensor = { dims: [], data: Float32Array.of(1) };
const ZERO: Tensor = { dims: [], data: Float32Array.of(0) };

/** What several writes into one activation of `shape`, one after the other, come to. */
export function compose(
  writes: readonly { scale?: Tensor; bias?: Tensor }[],
  shape: readonly number[],
): Affine {
  const ready = writes.map(({ scale = ONE, bias = ZERO }) => ({
    scale: withRank(scale, shape.length),
    bias: withRank(bias, shape.length),
  }));
  const [first, ...others] = ready;
  if (!first) return compose([{}], shape);
  return others.reduce((before, after) => {
    const scale = expand(before.scale, shape).slice();
    const bias = expand(before.bias, shape).slice();
    applyAffine(bias, shape, after);
    applyAffine(scale, shape, { scale: after.scale, bias: withRank(ZERO, shape.length) });
    return { scale: { dims: shape, data: scale }, bias: { dims: shape, data: bias } };
  }, first);
}
