import type { ActivationName, Dim } from '../../gpt2/activations';
import { ACTIVATIONS, MASKED } from '../../gpt2/activations';
import type { Config } from '../../gpt2/config';
import { headWidth } from '../../gpt2/config';
import type { Graph } from './graph';
import { GraphBuilder } from './graph';
import type { GraphDim } from './proto';

/** What a block computes, in order; its first activation, `resid_pre`, is its input. */
export const BLOCK_OUTPUTS = (Object.keys(ACTIVATIONS) as ActivationName[]).filter(
  (name) => ACTIVATIONS[name].per === 'layer' && name !== 'resid_pre',
);

/** Names of the two inputs that write into an activation. */
export const scaleOf = (name: ActivationName) => `${name}.scale`;
export const biasOf = (name: ActivationName) => `${name}.bias`;

/** Keys and values by position, the heads side by side: what a later run takes as its past. */
export const KEY_OUTPUTS = ['k_rows', 'v_rows'] as const;
/** The same with those of the past in front and the padding behind them. */
export const ALL_KEY_OUTPUTS = ['k_all', 'v_all'] as const;

/** Keys and values by head as a tape has them, what this run adds among them. */
export const TAPE_OUTPUTS = ['keys_after', 'values_after'] as const;

/** What the last block takes besides: the first row that is wanted. */
export const FIRST_INPUT = 'first';

/**
 * `plain` and `tape` compute, on keys and values of the past by position, or as they lie on a tape; `last` does so on a tape for
 * the model's last block, which nobody may want of all positions; `hooked` also writes into any activation, and computes `result` on its way.
 */
export type BlockVariant = 'plain' | 'tape' | 'last' | 'hooked';

/**
 * One transformer block as an ONNX graph, the same for every layer: only the weights beside it differ.
 *
 * Keys are W, their number rounded up by rows of zeros: ORT's kernels add up a row in an order that depends on its
 * width modulo 16, and a position's numbers must not depend on how many positions follow it.
 *
 * Inputs: `resid_pre` [T, d_model], and `mask` [T, W] of booleans, true where a position may look; the tape variant has `bounds` [T, W]
 * in its place, the largest that a score may be: infinite where a position may look, MASKED where it may not. Of a long prompt's
 * scores there are many, and one comparison takes less than to choose between two. (It would not mask a score below MASKED; edits could make one, but
 * there are none.) The last variant is the tape's, and leaves out rows in front: it takes `first` [1], how many, and `bounds` [R, W] of the R that are left.
 * Keys and values it computes of all, and what comes from the scores on of those R.
 * The plain variant also takes the keys and values of the P positions before, `past_k` and `past_v` [P, d_model]
 * (P = 0 without a past), and `padding` [W − P − T, d_model] of zeros. The tape variant takes `keys` [H, d_head, W] and `values`
 * [H, W, d_head], those of the past in front and any numbers behind, `at` [H], P for each head, and ATTENTION_INPUTS. The hooked one takes `padding`
 * [H, W − T, d_head], and `{name}.scale` and `{name}.bias` for each of BLOCK_OUTPUTS, of the activation's rank, each
 * dimension whole or 1.
 *
 * Outputs: each of BLOCK_OUTPUTS under its name, a W where the table has the T of the keys (`result` in the hooked variant
 * only: ORT computes every node of a graph whether or not its value is fetched, and this one is large and rarely asked for).
 * The plain variant has KEY_OUTPUTS [T, d_model] in the place of `k` and `v`, and ALL_KEY_OUTPUTS [W, d_model], the next run's
 * past. The tape variant has TAPE_OUTPUTS besides, `keys` and `values` with those of these positions written in: they may
 * lie where these do, and then nothing else is copied.
 */
export function blockGraph(config: Config, variant: BlockVariant): Graph {
  const { n_embd: d, n_inner, n_head: H, layer_norm_epsilon } = config;
  const dh = headWidth(config);
  const g = new GraphBuilder(`block, ${variant}`);
  const [onTapes, someRows] = [variant === 'tape' || variant === 'last', variant === 'last'];
  const sizes: Record<Dim, GraphDim> = {
    T: 'T',
    H,
    V: config.vocab_size,
    d_model: d,
    d_head: dh,
    d_mlp: n_inner,
  };

  /** Makes the activation `name`, edited where the variant allows, and lets it be asked for. */
  const act = (name: ActivationName, make: (out: string) => string): string => {
    const shape: readonly Dim[] = ACTIVATIONS[name].shape;
    const T = someRows && BEHIND_KEYS.has(name) ? 'R' : sizes.T;
    const dims = shape.map((dim, i) => (dim !== 'T' ? sizes[dim] : shape[i - 1] === 'T' ? 'W' : T));
    g.output(name, dims);
    if (variant !== 'hooked') return make(name);
    const free = (kind: string) => dims.map((_, i) => `${name} ${kind} ${i}`); // whole or 1
    const scaled = g.node(
      'Mul',
      [make(`${name} before edits`), g.input(scaleOf(name), free('scale'))],
      `${name} scaled`,
    );
    return g.node('Add', [scaled, g.input(biasOf(name), free('bias'))], name);
  };
  const epsilon = { float: layer_norm_epsilon };
  const normWeights = (which: 'ln_1' | 'ln_2') => [
    g.weight(`${which}.weight`, [d]),
    g.weight(`${which}.bias`, [d]),
  ];
  const norm = (x: string, which: 'ln_1' | 'ln_2') =>
    act(which, (out) => g.node('LayerNormalization', [x, ...normWeights(which)], out, { axis: -1, epsilon }));
  const linear = (x: string, which: string, n: number, m: number, out: string) =>
    g.node('Gemm', [x, g.weight(`${which}.weight`, [n, m]), g.weight(`${which}.bias`, [m])], out);

  const pre = g.input('resid_pre', ['T', d]);

  const ln1 = norm(pre, 'ln_1'); // [T, d]
  const qkv = linear(ln1, 'attn.c_attn', d, 3 * d, 'qkv'); // [T, 3d]
  const parted = (rows: string) => g.node('Reshape', [rows, g.ints([0, H, dh])], `${rows} parted`); // [·, H, dh]
  const heads = (name: 'q' | 'k' | 'v') =>
    act(name, (out) => g.node('Transpose', [parted(`${name}_rows`)], out, { perm: [1, 0, 2] })); // [H, T, dh]
  /** Of the rows of qkv: q [H, T, dh], keys transposed [H, dh, W], values [H, W, dh]. */
  const taken = { plain: allRows, tape: onTape, last: onTape, hooked: allHeads }[variant];
  const [q, keysT, values] = taken();

  function split(): void {
    g.nodes('Split', [qkv], ['q_rows', ...KEY_OUTPUTS], { axis: 1, num_outputs: 3 }); // 3 × [T, d]
  }
  /** Keys and values with those of the past in front and the padding behind: [H, dh, W] and [H, W, dh]. */
  function allRows(): [string, string, string] {
    split();
    const padding = g.input('padding', ['W − P − T', d]);
    const [keyRows, valueRows] = KEY_OUTPUTS.map((rows, i) => {
      const all = ALL_KEY_OUTPUTS[i] as string;
      g.output(rows, ['T', d]);
      g.output(all, ['W', d]);
      const past = g.input(rows === 'k_rows' ? 'past_k' : 'past_v', ['P', d]);
      return parted(g.node('Concat', [past, rows, padding], all, { axis: 0 })); // [W, H, dh]
    }) as [string, string];
    return [
      heads('q'),
      g.node('Transpose', [keyRows], 'keys transposed', { perm: [1, 2, 0] }),
      g.node('Transpose', [valueRows], 'values', { perm: [1, 0, 2] }),
    ];
  }
  /** The same on a tape. */
  function onTape(): [string, string, string] {
    const rows = g.node('Reshape', [qkv, g.ints([0, 3 * H, dh])], 'qkv parted'); // [T, 3H, dh]
    const byHead = g.node('Transpose', [rows], 'qkv by head', { perm: [1, 0, 2] }); // [3H, T, dh]
    const names = ['q', 'k', 'v'] as const;
    for (const name of names) act(name, (out) => out);
    g.nodes('Split', [byHead], names, { axis: 0, num_outputs: 3 }); // 3 × [H, T, dh]
    const at = g.input('at', ['H'], 'int64');
    const written = (before: string, own: string, dims: readonly GraphDim[], axis: number, out: string) => {
      g.output(out, dims);
      return g.node('TensorScatter', [g.input(before, dims), own, at], out, { axis });
    };
    const [keysAfter, valuesAfter] = TAPE_OUTPUTS;
    const turned = g.node('Transpose', ['k'], 'k transposed', { perm: [0, 2, 1] }); // [H, dh, T]
    return [
      'q',
      written('keys', turned, [H, dh, 'W'], 2, keysAfter),
      written('values', 'v', [H, 'W', dh], 1, valuesAfter),
    ];
  }
  /** The same of heads that have been written into, which have no past. */
  function allHeads(): [string, string, string] {
    split();
    const [q, k, v] = [heads('q'), heads('k'), heads('v')];
    const padding = g.input('padding', [H, 'W − T', dh]);
    const keys = g.node('Concat', [k, padding], 'keys', { axis: 1 });
    return [
      q,
      g.node('Transpose', [keys], 'keys transposed', { perm: [0, 2, 1] }),
      g.node('Concat', [v, padding], 'values', { axis: 1 }),
    ];
  }

  if (someRows) g.input(FIRST_INPUT, [1], 'int64');
  /** The rows that are wanted, along an axis. */
  const wanted = (x: string, axis: number) => {
    if (!someRows) return x;
    const ends = g.ints([Number.MAX_SAFE_INTEGER]);
    return g.node('Slice', [x, FIRST_INPUT, ends, g.ints([axis])], `${x}, wanted`);
  };
  const root = Math.sqrt(dh);
  const scores = act('attn_scores', onTapes ? bounded : masked); // [H, T, W]
  const pattern = act('pattern', (out) => g.node('Softmax', [scores], out, { axis: -1 })); // [H, T, W]
  const z = act('z', (out) => g.node('MatMul', [pattern, values], out)); // [H, T, dh]

  function masked(out: string): string {
    const mask = g.input('mask', ['T', 'W'], 'bool');
    return g.node('Where', [mask, scaled(g.node('MatMul', [q, keysT], 'q · k')), g.float(MASKED)], out);
  }
  function bounded(out: string): string {
    const bounds = g.input('bounds', [someRows ? 'R' : 'T', 'W']);
    // To divide by a power of two rounds nothing: then it may as well be done to q, which is smaller.
    const exact = Number.isInteger(Math.log2(root));
    const rows = exact ? g.node('Div', [wanted(q, 1), g.float(root)], 'q / √d_head') : wanted(q, 1);
    const dots = g.node('MatMul', [rows, keysT], 'q · k');
    return g.node('Min', [exact ? dots : scaled(dots), bounds], out);
  }
  function scaled(dots: string): string {
    return g.node('Mul', [dots, g.float(1 / root)], 'q · k / √d_head');
  }

  const attnOut = act('attn_out', (out) => {
    const bias = g.weight('attn.c_proj.bias', [d]);
    if (variant === 'hooked') {
      const result = act('result', (r) =>
        g.node('MatMul', [z, g.weight('attn.c_proj.weight', [H, dh, d])], r),
      ); // [H, T, d]
      const sum = g.node('ReduceSum', [result, g.ints([0])], 'results added', { keepdims: 0 }); // [T, d]
      return g.node('Add', [sum, bias], out);
    }
    const rows = g.node('Transpose', [z], 'z by position', { perm: [1, 0, 2] }); // [T, H, dh]
    const joined = g.node('Reshape', [rows, g.ints([0, d])], 'z joined'); // [T, d]
    return g.node('Gemm', [joined, g.weight('attn.c_proj.weight', [d, d]), bias], out);
  }); // [T, d]
  const [mid, ln2] = onTapes ? addedAndNormed() : addedThenNormed(); // [T, d] each

  function addedThenNormed(): [string, string] {
    const sum = act('resid_mid', (out) => g.node('Add', [pre, attnOut], out));
    return [sum, norm(sum, 'ln_2')];
  }
  /** The same in one operation. */
  function addedAndNormed(): [string, string] {
    const [sum, normed] = ['resid_mid', 'ln_2'] as const;
    for (const name of [sum, normed]) act(name, (out) => out);
    const inputs = [wanted(pre, 0), attnOut, ...normWeights('ln_2')];
    g.nodes('SkipLayerNormalization', inputs, [normed, '', '', sum], { epsilon });
    return [sum, normed];
  }

  const hidden = act('mlp_pre', (out) => linear(ln2, 'mlp.c_fc', d, n_inner, out)); // [T, d_mlp]
  const active = act('mlp_post', (out) => g.node('Gelu', [hidden], out, { approximate: 'tanh' })); // [T, d_mlp]
  const mlpOut = act('mlp_out', (out) => linear(active, 'mlp.c_proj', n_inner, d, out)); // [T, d]
  act('resid_post', (out) => g.node('Add', [mid, mlpOut], out)); // [T, d]
  return g.build();
}

/** What a block computes once it has keys and values. */
const BEHIND_KEYS = new Set(BLOCK_OUTPUTS.slice(BLOCK_OUTPUTS.indexOf('attn_scores')));

/** `z` [H, T, d_head] → `result` [H, T, d_model], for one layer's c_proj. */
export function resultGraph(config: Config): Graph {
  const { n_embd: d, n_head: H } = config;
  const dh = headWidth(config);
  const g = new GraphBuilder('result');
  const z = g.input('z', [H, 'T', dh]);
  g.node('MatMul', [z, g.weight('attn.c_proj.weight', [H, dh, d])], 'result');
  g.output('result', [H, 'T', d]);
  return g.build();
}
