import { type Graph, GraphBuilder, type WeightFile } from '../../src/engine/onnx/graph';
import type { Config } from '../../src/gpt2/config';

/**
 * The matrix products of all blocks and nothing else, as one graph: `x` [R, d] → `y` [R, d], by c_fc and mlp.c_proj of block
 * after block, with c_attn and attn.c_proj beside them. ONNX Runtime computes every node of a graph whose value may be asked for.
 */
export function productsGraph(config: Config): Graph {
  const { n_layer, n_embd: d, n_inner } = config;
  const g = new GraphBuilder('the products of all blocks');
  let x = g.input('x', ['R', d]);
  for (let layer = 0; layer < n_layer; layer++) {
    const linear = (x: string, name: string, n: number, m: number, out = `h.${layer}.${name}`) => {
      const [weight, bias] = [`h.${layer}.${name}.weight`, `h.${layer}.${name}.bias`];
      return g.node('Gemm', [x, g.weight(weight, [n, m]), g.weight(bias, [m])], out);
    };
    g.output(linear(x, 'attn.c_attn', d, 3 * d), ['R', 3 * d]);
    g.output(linear(x, 'attn.c_proj', d, d), ['R', d]);
    const hidden = linear(x, 'mlp.c_fc', d, n_inner);
    x = linear(hidden, 'mlp.c_proj', n_inner, d, layer === n_layer - 1 ? 'y' : undefined);
  }
  g.output('y', ['R', d]);
  return g.build();
}

/** Columns [from, to) of a matrix of rows of `d`, each as a row of `width` numbers; the matrix as it is without them. */
export function columnsOf(numbers: Float32Array, d: number, columns: WeightFile['columns']): Float32Array {
  if (!columns) return numbers;
  const { from, to, width } = columns;
  const out = new Float32Array((to - from) * width);
  for (let row = 0; row < numbers.length / d; row++)
    for (let column = from; column < to; column++)
      out[(column - from) * width + row] = numbers[row * d + column] as number;
  return out;
}
