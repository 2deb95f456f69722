import type {
  Attribute,
  ElementTypeName,
  GraphDim,
  Initializer,
  Node,
  ValueInfo,
} from '../../src/engine/onnx/proto';
import { encodeModel } from '../../src/engine/onnx/proto';
import type { Config } from '../../src/gpt2/config';
import { headWidth } from '../../src/gpt2/config';
import type { Model } from '../../src/gpt2/reference';
import { transposed } from './gguf';
import { byColumns, type Quantised, transposedBytes } from './int8';

/** What transformers.js calls `dtype`. */
export type OnnxType = 'fp32' | 'q8';

/**
 * GPT-2 as one ONNX file in the layout that transformers.js expects of a decoder: `input_ids`, `attention_mask` and
 * `position_ids` [B, S], `past_key_values.N.key` and `.value` [B, H, P, d_head] → `logits` [B, K, V] of the last
 * `num_logits_to_keep` positions, `present.N.key` and `.value`. That input and the fused operations make it as fast as
 * a published conversion, or faster.
 * @param type `q8` has all matrices as signed bytes with a scale for each column, and rounds each product's other side to
 *   bytes when it runs, as ONNX's dynamic quantisation does; the table of embeddings is looked up in its bytes
 */
export function onnxModel({ config, weights }: Model, type: OnnxType): Uint8Array {
  const { n_layer, n_embd: d, n_head: H, n_inner, layer_norm_epsilon } = config;
  const dh = headWidth(config);
  const g = new Builder();
  const weight = (name: string, dims: readonly number[]) =>
    g.constant(name, 'float', dims, bytes(weights.get(name)));
  const linear = (x: string, name: string, n: number, m: number) =>
    g.node('Add', [product(x, `${name}.weight`, n, m), weight(`${name}.bias`, [m])]);
  const product = (x: string, name: string, n: number, m: number) =>
    type === 'fp32'
      ? g.node('MatMul', [x, weight(name, [n, m])])
      : rounded(x, name, n, m, () => byColumns(weights.get(name), n, m));
  /** [.., n] → [.., m], both sides rounded to bytes: what ONNX's dynamic quantisation makes of a product. */
  const rounded = (x: string, name: string, n: number, m: number, make: () => Quantised) => {
    const { values, scales } = make();
    const [values8, scale, zero] = g.nodes('DynamicQuantizeLinear', [x], 3, {}) as [string, string, string];
    const matrix = g.constant(`${name} bytes`, 'int8', [n, m], new Uint8Array(values.buffer));
    const none = g.constant('no offset', 'int8', [], Uint8Array.of(0));
    const sums = g.node('Cast', [g.node('MatMulInteger', [values8, matrix, zero, none])], { to: FLOAT });
    const perColumn = g.constant(`${name} scales`, 'float', [m], bytes(scales));
    return g.node('Mul', [sums, g.node('Mul', [scale, perColumn])]);
  };
  const norm = (x: string, name: string) =>
    g.node('LayerNormalization', [x, weight(`${name}.weight`, [d]), weight(`${name}.bias`, [d])], {
      axis: -1,
      epsilon: { float: layer_norm_epsilon },
    });

  const ids = g.input('input_ids', ['B', 'S'], 'int64');
  const attention = g.input('attention_mask', ['B', 'A'], 'int64');
  const positions = g.input('position_ids', ['B', 'S'], 'int64');
  const keep = g.input('num_logits_to_keep', [], 'int64');
  const [one, minusOne, zero] = [g.ints([1]), g.ints([-1]), g.ints([0])];

  // A position looks at itself and at those before it: [S, A], true where it may.
  const size = (x: string, axis: number) => g.node('Gather', [g.node('Shape', [x]), g.int(axis)]);
  const [S, A] = [size(ids, 1), size(attention, 1)];
  const all = g.node('Range', [g.int(0), A, g.int(1)]); // [A]
  const own = g.node('Range', [g.node('Sub', [A, S]), A, g.int(1)]); // [S]
  const mask = g.node('GreaterOrEqual', [g.node('Unsqueeze', [own, one]), g.node('Unsqueeze', [all, zero])]);

  /** Rows of the embedding out of its bytes: a scale for each row, the same that the head has for its column. */
  const looked = (V: number) => {
    const { values, scales } = byColumns(transposed(weights.get('wte.weight'), V, d), d, V);
    const rows = transposedBytes(values, d, V);
    const table = g.constant('wte bytes', 'int8', [V, d], new Uint8Array(rows.buffer));
    const scale = g.constant('wte.weight scales', 'float', [V], bytes(scales));
    const row = g.node('Cast', [g.node('Gather', [table, ids])], { to: FLOAT });
    return g.node('Mul', [row, g.node('Unsqueeze', [g.node('Gather', [scale, ids]), minusOne])]);
  };
  let x = g.node('Add', [
    type === 'fp32'
      ? g.node('Gather', [weight('wte.weight', [config.vocab_size, d]), ids])
      : looked(config.vocab_size),
    g.node('Gather', [weight('wpe.weight', [config.n_positions, d]), positions]),
  ]); // [B, S, d]
  for (let layer = 0; layer < n_layer; layer++) {
    const at = (name: string) => `h.${layer}.${name}`;
    const qkv = linear(norm(x, at('ln_1')), at('attn.c_attn'), d, 3 * d);
    const [q, k, v] = g
      .nodes('Split', [qkv], 3, { axis: 2, num_outputs: 3 })
      .map((part) =>
        g.node('Transpose', [g.node('Reshape', [part, g.ints([0, 0, H, dh])])], { perm: [0, 2, 1, 3] }),
      ) as [string, string, string]; // [B, H, S, dh]
    const joined = (rows: string, kind: 'key' | 'value') => {
      const past = g.input(`past_key_values.${layer}.${kind}`, ['B', H, 'P', dh]);
      const present = g.node('Concat', [past, rows], { axis: 2 }, `present.${layer}.${kind}`);
      g.output(present, ['B', H, 'A', dh]);
      return present;
    };
    const [keys, values] = [joined(k, 'key'), joined(v, 'value')];
    const dots = g.node('MatMul', [q, g.node('Transpose', [keys], { perm: [0, 1, 3, 2] })]);
    const scores = g.node('Where', [mask, g.node('Div', [dots, g.float(Math.sqrt(dh))]), g.float(-3e38)]);
    const z = g.node('MatMul', [g.node('Softmax', [scores], { axis: -1 }), values]);
    const rows = g.node('Reshape', [g.node('Transpose', [z], { perm: [0, 2, 1, 3] }), g.ints([0, 0, d])]);
    x = g.node('Add', [x, linear(rows, at('attn.c_proj'), d, d)]);
    const hidden = linear(norm(x, at('ln_2')), at('mlp.c_fc'), d, n_inner);
    x = g.node('Add', [
      x,
      linear(g.node('Gelu', [hidden], { approximate: 'tanh' }), at('mlp.c_proj'), n_inner, d),
    ]);
  }
  const from = g.node('Unsqueeze', [g.node('Neg', [keep]), zero]);
  const last = g.node('Slice', [x, from, g.ints([Number.MAX_SAFE_INTEGER]), one]);
  const rows = g.node('Reshape', [norm(last, 'ln_f'), g.ints([-1, d])]);
  const V = config.vocab_size;
  const flat =
    type === 'fp32'
      ? g.node('Gemm', [rows, weight('wte.weight', [V, d])], { transB: 1 })
      : rounded(rows, 'wte.weight', d, V, () => byColumns(transposed(weights.get('wte.weight'), V, d), d, V));
  const batch = g.node('Unsqueeze', [size(ids, 0), zero]);
  const shape = g.node('Concat', [batch, minusOne, g.ints([config.vocab_size])], { axis: 0 });
  g.output(g.node('Reshape', [flat, shape], {}, 'logits'), ['B', 'K', config.vocab_size]);
  return g.build(config);
}

/** ONNX's number of the type float, for Cast. */
const FLOAT = 1;

const bytes = (numbers: Float32Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** Collects the operations of the graph; every constant lies within the file. */
class Builder {
  readonly #nodes: Node[] = [];
  readonly #constants = new Map<string, Initializer>();
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];

  input(name: string, dims: readonly GraphDim[], type: ElementTypeName = 'float'): string {
    this.#inputs.push({ name, type, dims });
    return name;
  }

  output(name: string, dims: readonly GraphDim[]): void {
    this.#outputs.push({ name, type: 'float', dims });
  }

  constant(name: string, type: ElementTypeName, dims: readonly number[], raw: Uint8Array): string {
    if (!this.#constants.has(name)) this.#constants.set(name, { name, type, dims, content: { raw } });
    return name;
  }

  ints(values: readonly number[]): string {
    const raw = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    return this.constant(`ints ${values.join()}`, 'int64', [values.length], raw);
  }

  /** A single whole number, without dimensions. */
  int(value: number): string {
    const raw = new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
    return this.constant(`int ${value}`, 'int64', [], raw);
  }

  float(value: number): string {
    return this.constant(`float ${value}`, 'float', [], new Uint8Array(Float32Array.of(value).buffer));
  }

  node(
    op: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute> = {},
    out = `value ${this.#nodes.length}`,
  ): string {
    this.#nodes.push({ op, inputs, outputs: [out], attributes });
    return out;
  }

  nodes(
    op: string,
    inputs: readonly string[],
    count: number,
    attributes: Record<string, Attribute>,
  ): string[] {
    const outputs = Array.from({ length: count }, (_, i) => `value ${this.#nodes.length}.${i}`);
    this.#nodes.push({ op, inputs, outputs, attributes });
    return outputs;
  }

  build(config: Config): Uint8Array {
    return encodeModel({
      name: `gpt2, ${config.n_layer} layers`,
      opset: 20,
      nodes: this.#nodes,
      initializers: [...this.#constants.values()],
      inputs: this.#inputs,
      outputs: this.#outputs,
    });
  }
}
