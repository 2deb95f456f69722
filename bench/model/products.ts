import { type Graph, GraphBuilder, type WeightFile } from '../../src/engine/onnx/graph';
import { encodeModel, type Initializer, type Node, type ValueInfo } from '../../src/engine/onnx/proto';
import type { Config } from '../../src/gpt2/config';

/** Whether the products stand alone, or with what GPT-2 has between them: norms, GELU and softmax. */
export type Between = 'nothing' | 'everything';

/**
 * The matrix products of all blocks as one graph: `x` [R, d] → `y` [1, d], by c_fc and mlp.c_proj of block
 * after block, with c_attn and attn.c_proj beside them; in the last block all but c_attn by the last row alone, for nobody needs the others.
 * ONNX Runtime computes every node of a graph whose value may be asked for.
 * With everything between them, ln_1 comes before c_attn, ln_2 before c_fc and GELU before mlp.c_proj.
 */
export function productsGraph(config: Config, between: Between = 'nothing'): Graph {
  const { n_layer, n_embd: d, n_inner, layer_norm_epsilon } = config;
  const g = new GraphBuilder('the products of all blocks');
  let x = g.input('x', ['R', d]);
  for (let layer = 0; layer < n_layer; layer++) {
    const linear = (x: string, name: string, n: number, m: number, out = `h.${layer}.${name}`) => {
      const [weight, bias] = [`h.${layer}.${name}.weight`, `h.${layer}.${name}.bias`];
      return g.node('Gemm', [x, g.weight(weight, [n, m]), g.weight(bias, [m])], out);
    };
    const norm = (x: string, name: string) => {
      if (between === 'nothing') return x;
      const scale = g.weight(`h.${layer}.${name}.weight`, [d]);
      const bias = g.weight(`h.${layer}.${name}.bias`, [d]);
      const epsilon = { float: layer_norm_epsilon };
      return g.node('LayerNormalization', [x, scale, bias], `h.${layer}.${name}`, { axis: -1, epsilon });
    };
    const gelu = (x: string) =>
      between === 'nothing' ? x : g.node('Gelu', [x], `${x} active`, { approximate: 'tanh' });
    g.output(linear(norm(x, 'ln_1'), 'attn.c_attn', d, 3 * d), ['R', 3 * d]);
    const isLast = layer === n_layer - 1;
    if (isLast) x = g.node('Slice', [x, g.ints([-1]), g.ints([END]), g.ints([0])], 'the last row');
    g.output(linear(x, 'attn.c_proj', d, d), [isLast ? 1 : 'R', d]);
    const hidden = linear(norm(x, 'ln_2'), 'mlp.c_fc', d, n_inner);
    x = linear(gelu(hidden), 'mlp.c_proj', n_inner, d, isLast ? 'y' : undefined);
  }
  g.output('y', [1, d]);
  return g.build();
}

/** Behind all rows, for Slice. */
const END = Number.MAX_SAFE_INTEGER;

/**
 * The products of one block's attention, for one part of the positions or several: of each its rows by its keys, and what
 * comes of that by its values, with softmax in between or nothing.
 */
export function attentionProductsGraph(
  { n_embd: d, n_head: H }: Config,
  parts: number,
  between: Between = 'nothing',
): Graph {
  const dh = d / H;
  const g = new GraphBuilder('the products of attention');
  for (let part = 0; part < parts; part++) {
    const [R, W] = [`R ${part}`, `W ${part}`];
    const q = g.input(`q ${part}`, [H, R, dh]);
    const keys = g.input(`keys ${part}`, [H, dh, W]);
    const values = g.input(`values ${part}`, [H, W, dh]);
    const dots = g.node('MatMul', [q, keys], `dots ${part}`);
    const pattern = between === 'nothing' ? dots : g.node('Softmax', [dots], `pattern ${part}`, { axis: -1 });
    g.output(g.node('MatMul', [pattern, values], `z ${part}`), [H, R, dh]);
  }
  return g.build();
}

/**
 * The matrix products of all blocks with matrices of signed bytes, for one row: `x` is rounded to bytes when it runs, by one fused operation of ONNX Runtime's. The files of
 * matrices have another path than their parameter.
 */
export function byteProductsGraph(config: Config): Pick<Graph, 'bytes' | 'files'> {
  const { n_layer, n_embd: d, n_inner } = config;
  const nodes: Node[] = [];
  const initializers: Initializer[] = [];
  const files: WeightFile[] = [];
  const outputs: ValueInfo[] = [];
  let x = 'x';
  for (let layer = 0; layer < n_layer; layer++) {
    const linear = (x: string, name: string, n: number, m: number, out = `h.${layer}.${name}`) => {
      const [weight, bias] = [`h.${layer}.${name}.weight`, `h.${layer}.${name}.bias`];
      const [bytes, scale] = [`${weight} in bytes`, 'one scale'];
      initializers.push(
        { name: bytes, type: 'int8', dims: [n, m], content: { external: bytes } },
        { name: bias, type: 'float', dims: [m], content: { external: bias } },
      );
      files.push({ path: bytes, parameter: weight }, { path: bias, parameter: bias });
      nodes.push({
        op: 'DynamicQuantizeMatMul',
        domain: 'com.microsoft',
        inputs: [x, bytes, scale, '', bias],
        outputs: [out],
        attributes: {},
      });
      return out;
    };
    outputs.push(
      { name: linear(x, 'attn.c_attn', d, 3 * d), type: 'float', dims: ['R', 3 * d] },
      { name: linear(x, 'attn.c_proj', d, d), type: 'float', dims: ['R', d] },
    );
    const hidden = linear(x, 'mlp.c_fc', d, n_inner);
    x = linear(hidden, 'mlp.c_proj', n_inner, d, layer === n_layer - 1 ? 'y' : undefined);
  }
  outputs.push({ name: 'y', type: 'float', dims: ['R', d] });
  const scale = new Uint8Array(Float32Array.of(1 / 200).buffer);
  initializers.push({ name: 'one scale', type: 'float', dims: [1], content: { raw: scale } });
  const inputs: ValueInfo[] = [{ name: 'x', type: 'float', dims: ['R', d] }];
  const bytes = encodeModel({ name: 'products in bytes', opset: 20, nodes, initializers, inputs, outputs });
  return { bytes, files };
}
