import type { GraphBuilder } from './graph';

/** Into how many parts a long prompt's positions are divided. */
export const PARTS = 8;

/** What attention is computed from: names of values. */
export interface AttentionInputs {
  /** [H, T, d_head] */
  readonly q: string;
  /** [H, d_head, W] */
  readonly keys: string;
  /** [H, W, d_head] */
  readonly values: string;
  /** [T, W], the largest that each score may be. */
  readonly bounds: string;
  /** √d_head. */
  readonly root: number;
}

export const ATTENTION_OUTPUTS = ['attn_scores', 'pattern', 'z'] as const;

/** What the graph takes besides: which way to go, and for the second of them how many positions each part has, and how many keys it sees. */
export const ATTENTION_INPUTS = ['whole', 'rows', 'reach'] as const;

/**
 * Adds `attn_scores`, `pattern` [H, T, W] and `z` [H, T, d_head], in one of two ways. Where `whole`, a boolean, says so, all positions are
 * multiplied with all keys. Otherwise part follows part, each with the keys up to its own last position alone, which saves almost half of the
 * work; scores and pattern are then empty. `rows` [PARTS] adds up to T; `reach` [PARTS] is in multiples of sixteen (see `paddedKeys`).
 */
export function attention(g: GraphBuilder, given: AttentionInputs): void {
  // To divide by a power of two rounds nothing: then it may as well be done to q, which is smaller.
  const first = Number.isInteger(Math.log2(given.root));
  const of = first
    ? { ...given, q: g.node('Div', [given.q, g.float(given.root)], 'q / √d_head'), root: 1 }
    : given;
  const [whole, rows, reach] = ATTENTION_INPUTS;
  g.input(whole, [], 'bool');
  g.input(rows, [PARTS], 'int64');
  g.input(reach, [PARTS], 'int64');
  g.either(
    whole,
    ATTENTION_OUTPUTS,
    (inner) => addSteps(inner, of, 'of all'),
    (inner) => {
      const empty = inner.node('ConstantOfShape', [g.ints([0, 0, 0])], 'no scores');
      return [empty, inner.node('Identity', [empty], 'no pattern'), partByPart(inner, of, rows, reach)];
    },
  );
}

/** @returns z [H, T, d_head] */
function partByPart(g: GraphBuilder, of: AttentionInputs, rows: string, reach: string): string {
  const parts = (what: string) => Array.from({ length: PARTS }, (_, part) => `${what}, part ${part}`);
  const q = g.nodes('Split', [of.q, rows], parts('q'), { axis: 1 }); // each [H, R, d_head]
  const bounds = g.nodes('Split', [of.bounds, rows], parts('bounds'), { axis: 0 }); // each [R, W]
  const ends = g.nodes('Split', [reach], parts('reach'), { axis: 0, num_outputs: PARTS }); // each [1]
  const z = ends.map((end, part) => {
    /** The first so many along an axis. */
    const seen = (what: string, axis: number) =>
      g.node('Slice', [what, g.ints([0]), end, g.ints([axis])], `${what}, seen by part ${part}`);
    const own = {
      q: q[part] as string,
      keys: seen(of.keys, 2),
      values: seen(of.values, 1),
      bounds: seen(bounds[part] as string, 1),
      root: of.root,
    };
    return addSteps(g, own, `of part ${part}`)[2];
  });
  return g.node('Concat', z, 'z of all parts', { axis: 1 });
}

/** @returns scores, pattern and z */
function addSteps(
  g: GraphBuilder,
  { q, keys, values, bounds, root }: AttentionInputs,
  whose: string,
): [string, string, string] {
  // A product with 1 / √d_head, and not a division: so ONNX Runtime rounds where it scales while it multiplies.
  const dots = g.node('MatMul', [q, keys], `q · k ${whose}`);
  const scaled = root === 1 ? dots : g.node('Mul', [dots, g.float(1 / root)], `q · k / √d_head ${whose}`);
  const scores = g.node('Min', [scaled, bounds], `scores ${whose}`);
  const pattern = g.node('Softmax', [scores], `pattern ${whose}`, { axis: -1 });
  return [scores, pattern, g.node('MatMul', [pattern, values], `z ${whose}`)];
}
